namespace Xinheng.Data;

/// <summary>Why a record cannot be trusted as a whole. The records after it can.</summary>
internal enum RecordFault : byte
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>A field is longer than the limit. The shape is known and the fields can be read; see <see cref="RecordReader.FaultField"/>.</summary>
    FieldTooLong,

    /// <summary>A field holds a NUL character. The shape is known and the fields can be read; see <see cref="RecordReader.FaultField"/>.</summary>
    NulCharacter,

    /// <summary>The record is longer than the limit. It has no fields.</summary>
    RecordTooLong,

    /// <summary>More fields than the limit. It has no fields.</summary>
    TooManyFields,

    /// <summary>A quotation mark was opened and not closed as it should be. It has no fields.</summary>
    UnclosedQuote,

    /// <summary>A quotation mark stands inside a field without quotes, or text follows a closing quote. It has no fields.</summary>
    StrayQuote,
}
