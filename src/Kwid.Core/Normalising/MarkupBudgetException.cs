namespace Kwid.Core.Normalising;

/// <summary>A text would become more elements than it may; thrown out of the parser, which has no other way to stop.</summary>
internal sealed class MarkupBudgetException() : Exception("The markup becomes more elements than it may.");
