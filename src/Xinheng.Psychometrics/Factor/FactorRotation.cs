namespace Xinheng.Psychometrics;

/// <summary>How factors are turned towards a simple structure.</summary>
public enum FactorRotation
{
    /// <summary>Not at all: each factor takes as much variance as it can.</summary>
    None,

    /// <summary>Varimax, factors uncorrelated, rows at equal length: Kaiser 1958, Psychometrika 23, 187-200. R: <c>varimax(A)</c>.</summary>
    Varimax,

    /// <summary>Promax with power 4 from varimax, factors correlated: Hendrickson &amp; White 1964, Br. J. Stat. Psychol. 17, 65-70. R: <c>promax(varimax(A)$loadings)</c>.</summary>
    Promax,

    /// <summary>Direct oblimin with γ = 0 (quartimin), factors correlated, rows as they are: Jennrich &amp; Sampson 1966. R: <c>GPArotation::oblimin(A)</c>.</summary>
    Oblimin,
}
