using System.ComponentModel;

namespace Kwid.Configuration.Options;

/// <summary>Section retention: how long what is stored is kept. Times are d.hh:mm:ss. Which advisories there were is kept for ever.</summary>
[Description("Section retention: how long what is stored is kept. Times are d.hh:mm:ss. Which advisories there were is kept for ever.")]
internal sealed class RetentionOptions : OptionsObject
{
    /// <summary>As long as the window of a feed, and a day.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromDays(31);

    /// <summary>Texts of advisories, since they came, 31.00:00:00 or more; what a feed still shows stays. Default: 730.00:00:00 (24 months).</summary>
    [Description("Texts of advisories, since they came, 31.00:00:00 or more; what a feed still shows stays. Default: 730.00:00:00 (24 months).")]
    public TimeSpan Texts { get; init; } = TimeSpan.FromDays(730);

    /// <summary>What was published when and for whom, not less than texts. Default: 1826.00:00:00 (5 years).</summary>
    [Description("What was published when and for whom, not less than texts. Default: 1826.00:00:00 (5 years).")]
    public TimeSpan Publications { get; init; } = TimeSpan.FromDays(1826);

    /// <summary>The audit log, 31.00:00:00 or more. Default: 1826.00:00:00 (5 years).</summary>
    [Description("The audit log, 31.00:00:00 or more. Default: 1826.00:00:00 (5 years).")]
    public TimeSpan Audit { get; init; } = TimeSpan.FromDays(1826);

    /// <inheritdoc/>
    internal override void Check(Examination examination)
    {
        Check(examination, "texts", Texts);
        Check(examination, "publications", Publications);
        Check(examination, "audit", Audit);
        if (Publications < Texts)
            examination.Mistake(this, "publications", Codes.RetentionOrder, "write a time not less than 'texts': what is told of an advisory must not outlast that it was told");
    }

    private void Check(Examination examination, string key, TimeSpan value)
    {
        if (value < Least) examination.Mistake(this, key, Codes.OutOfRange, "write 31.00:00:00 or more: feeds show 30 days");
    }
}
