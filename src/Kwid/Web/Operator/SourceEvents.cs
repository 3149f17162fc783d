using System.Security.Cryptography;
using System.Text;
using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Web.Operator;

/// <summary>What there is to tell of one source: outages, a possible gap, what is odd in its documents, entries that wait, a new address.</summary>
internal static class SourceEvents
{
    /// <summary>Entries that wait go out by themselves after it.</summary>
    private static readonly TimeSpan HeldAtMost = TimeSpan.FromHours(6);

    public static IEnumerable<OperatorEvent> Of(Source source, SourceState state, TimeZoneInfo zone)
    {
        foreach (var outage in state.Outages) yield return OfOutage(source, outage, zone);
        if (state.LastGap is { } gap) yield return OfGap(source, gap, zone);
        if (state.Remark is { } remark && state.RemarkSince is { } noticed) yield return OfRemark(source, remark, noticed);
        if (state.Held is { } held) yield return OfHeld(source, held, zone);
        if (state.MovedTo is { } address && MovedSince(state) is { } since) yield return OfMove(source, address, since);
    }

    private static OperatorEvent OfOutage(Source source, Outage outage, TimeZoneInfo zone)
    {
        var word = outage.State.InGerman();
        Html last = outage.End is { } over ? (Html)$"<li>Bis: {GermanWords.Minute(over, zone)}</li>" : (Html)$"<li>Dauert an.</li>";
        Html reason = outage.Reason is { } found ? (Html)$"<p>Befund und Abhilfe: {found}</p>" : Html.Empty;
        return new OperatorEvent(
            $"stoerung/{source.Id}", outage.Start, outage.End ?? outage.Updated,
            outage.End is null ? "GESTÖRT" : "BEHOBEN",
            source.Name,
            outage.End is { } end ? $"{word} {GermanHealth.Span(outage.Start, end, zone)}" : $"{word} seit {GermanHealth.Clock(outage.Start, zone)}",
            $"""
            <ul><li>Zustand: {word}</li><li>Seit: {GermanWords.Minute(outage.Start, zone)}</li>{last}<li>So vorgefunden bei {Polls(outage.Polls)}</li></ul>
            {reason}
            """)
        {
            End = outage.End,
        };
    }

    private static OperatorEvent OfGap(Source source, Gap gap, TimeZoneInfo zone)
    {
        Html state = gap.Closed
            ? (Html)$"<p>Sie wurde geschlossen: Das Nachladen hat bekannte Einträge erreicht, es fehlt nichts.</p>"
            : (Html)$"<p>Sie ist nicht geschlossen: Sehen Sie beim Anbieter nach, was in dieser Zeit erschien, und lassen Sie die Quelle öfter abfragen (interval).</p>";
        return new OperatorEvent(
            $"luecke/{source.Id}", gap.To, gap.Updated, gap.Closed ? "BEHOBEN" : "LÜCKE", source.Name,
            $"mögliche Lücke {GermanHealth.Span(gap.From, gap.To, zone)}",
            $"<p>Zwischen {GermanWords.Minute(gap.From, zone)} und {GermanWords.Minute(gap.To, zone)} können Einträge fehlen: Was die Quelle zeigte, schloss nicht mehr an das zuvor Gelesene an.</p>\n{state}")
        {
            End = gap.Updated,
        };
    }

    private static OperatorEvent OfRemark(Source source, string remark, DateTimeOffset since) => new(
        $"befund/{source.Id}", since, since, "AUFFÄLLIG", source.Name, "Dokumente sind nicht, wie sie sein sollten",
        $"""
        <p>Die Quelle wird gelesen, aber nicht alles an ihr ist in Ordnung. Befund: {remark}</p>
        <p>Was lesbar ist, wird verbreitet; was fehlt oder nicht zur Prüfsumme passt, wird immer wieder abgefragt. Dauert es an, fragen Sie den Anbieter.</p>
        """)
    {
        Name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(remark)).AsSpan(0, 6)),
    };

    private static OperatorEvent OfHeld(Source source, HeldBatch held, TimeZoneInfo zone) => new(
        $"wartend/{source.Id}", held.Since, held.Updated, "WARTET", source.Name,
        held.Advisories == 1 ? $"1 neuer Eintrag wartet seit {GermanHealth.Clock(held.Since, zone)}" : $"{held.Advisories} neue Einträge warten seit {GermanHealth.Clock(held.Since, zone)}",
        $"""
        <p>{(held.Advisories == 1 ? "1 neuer Eintrag wird" : $"{held.Advisories} neue Einträge werden")} zurückgehalten, weil die meisten Bekanntes wiederholen.</p>
        <p>Befund, als sie kamen: {Finding(held.Reason)}</p>
        <ul><li>Veröffentlichen: <code>kwid release {source.Id.ToString()}</code></li><li>Verwerfen: <code>kwid discard {source.Id.ToString()}</code></li><li>Ohne Entscheidung gehen sie von selbst hinaus: {GermanWords.Minute(held.Since + HeldAtMost, zone)}, als Sammelmeldung.</li></ul>
        """);

    /// <summary>Without the commands that follow in it: they name the source as it was called then.</summary>
    private static string Finding(string reason) => reason.IndexOf(" They wait for 'kwid", StringComparison.Ordinal) is >= 0 and var commands ? reason[..commands] : reason;

    private static OperatorEvent OfMove(Source source, string address, DateTimeOffset since) => new(
        $"umzug/{source.Id}", since, since, "UMGEZOGEN", source.Name, "hat eine neue Adresse", Proposal(source, address))
    {
        // States keep no instant of the move: the id must not hang on one.
        Name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address)).AsSpan(0, 6)),
    };

    /// <summary>When the move was noticed, as far as that is still known.</summary>
    private static DateTimeOffset? MovedSince(SourceState state) =>
        state.Condition is { State: HealthState.Moved, Since: { } since } ? since : state.AnsweringSince ?? state.FirstPollDone;

    private static Html Proposal(Source source, string address) =>
        $"<p>Der Anbieter leitet auf Dauer um; gefolgt wird schon. Tragen Sie bei der Quelle „{source.Id.ToString()}“ in feeds.config.json ein: <code>\"url\": \"{address}\"</code></p>";

    private static string Polls(int polls) => polls == 1 ? "einer Abfrage" : $"{polls} Abfragen";
}
