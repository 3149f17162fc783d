namespace Kwid.Core.Normalising;

/// <summary>A fragment would become more elements than <see cref="MarkupBudget.MostElements"/>; thrown out of the parser, which has no other way to stop.</summary>
internal sealed class MarkupBudgetException() : Exception($"The markup becomes more than {MarkupBudget.MostElements} elements; only its text is read.");
