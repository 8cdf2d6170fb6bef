namespace Xinheng.Data;

/// <summary>What a cell is, as far as its container says. CSV knows text only.</summary>
internal enum CellKind : byte
{
    /// <summary>No content: a gap between cells, a styled but empty cell, or padding up to the header's width.</summary>
    Empty,

    /// <summary>Text; every CSV field, the empty ones too.</summary>
    Text,

    /// <summary>A number, in the decimal text the file holds (<c>3</c>, <c>0.5</c>, <c>1.23E+17</c>).</summary>
    Number,

    /// <summary>A truth value, as <c>TRUE</c> or <c>FALSE</c>, so that it cannot pass for the answer 1 or 0.</summary>
    Boolean,

    /// <summary>A date, a time or both, in ISO 8601 text.</summary>
    Date,

    /// <summary>A formula; the field holds the value it had when the file was last saved.</summary>
    Formula,

    /// <summary>An error cell (<c>#REF!</c>), a date that does not exist, or a reference to text that is not in the file.</summary>
    Error,
}
