namespace Xinheng.Data;

/// <summary>Forms in which a definition can be given to other tools.</summary>
public enum DefinitionFormat
{
    /// <summary>An HL7 FHIR R4 Questionnaire resource in JSON: items, options and what they are worth, skip logic. No scores.</summary>
    Fhir,

    /// <summary>A table of variables in CSV, one row for each column that a survey file and <c>xinheng score</c> hold.</summary>
    Codebook,

    /// <summary>SPSS syntax: labels, missing values, keys, scores and bands.</summary>
    Spss,

    /// <summary>An R script with one function that scores a data frame in base R.</summary>
    R,
}
