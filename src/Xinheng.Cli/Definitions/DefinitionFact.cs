namespace Xinheng.Cli;

/// <summary>One fact of a definition or a norm document: what it says, and what that rests on.</summary>
/// <param name="Name">Which fact it is.</param>
/// <param name="Value">What it says; its own locator in the source included where it has one.</param>
/// <param name="Evidence">What it rests on.</param>
/// <param name="Locator">Place within the sources; <see langword="null"/> = that of each source.</param>
internal sealed record DefinitionFact(LocalizedText Name, LocalizedText Value, Evidence Evidence, string? Locator = null);
