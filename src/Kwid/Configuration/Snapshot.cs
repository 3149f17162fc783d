using Kwid.Configuration.Binding;
using Kwid.Configuration.Options;
using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Sources;

namespace Kwid.Configuration;

/// <summary>Makes the configuration in effect out of options that have no mistakes.</summary>
internal static class Snapshot
{
    public static KwidConfiguration Take(ConfigurationFiles files, KwidOptions options, Examination examined, IReadOnlyList<ConfigurationMistake> warnings)
    {
        var service = Service(options.Service);
        return new KwidConfiguration
        {
            File = files.Main.Name,
            Version = files.Version,
            Service = service,
            Listen = examined.Listen,
            OperatorListen = options.Service.OperatorListen,
            OperatorToken = options.Service.OperatorToken is { } token ? new OperatorToken(token) : null,
            Closed = options.Service.Access == Access.Closed,
            Storage = new StoragePlace(options.Storage.Kind, options.Storage.Connection),
            Polling = Polling(options.Polling, service.TimeZone),
            MaxBodyBytes = options.Polling.MaxBodyBytes,
            Network = Network(options.Network, service, examined),
            Sources = [.. options.Sources.Select(source => Source(source, examined))],
            Publishers = options.Identity.Publishers.Count == 0 ? PublisherIds.BuiltIn : new PublisherIds([.. options.Identity.Publishers.Select(publisher => publisher.ToPublisher())]),
            Recipients = examined.Roll,
            Profiles = options.Profiles.Select(named => new Profile(named.Key, named.Value.Title ?? named.Key, named.Value.Public))
                .ToDictionary(profile => profile.Name, StringComparer.Ordinal),
            Providers = [.. options.Providers.Select(Provider)],
            Wordings = WordingRules.Default.With([.. options.Changes.Select(rule => rule.ToRule())]),
            Warnings = warnings,
        };
    }

    private static bool HasReference(SourceOptions source) => Substitution.IsIn(source.Written?.Find("url")?.Text ?? "");

    private static PollingPolicy Polling(PollingOptions polling, TimeZoneInfo zone) =>
        new(polling.Must.Interval, polling.Normal.Interval, polling.PerHostPause, polling.AnnounceBacklog)
        {
            TimeZone = zone,
            MustMaxStaleness = polling.Must.MaxStaleness,
            NormalMaxStaleness = polling.Normal.MaxStaleness,
            OutageNotice = polling.OutageNotice,
        };

    private static Provider Provider(ProviderOptions provider) =>
        new(provider.Id, provider.Name ?? provider.Id, [.. provider.Recipients.Select(key => new RecipientKey(key)).Distinct()]);

    private static ServiceIdentity Service(ServiceOptions service) => new(
        service.Title,
        service.PublicUrl.TrimEnd('/'),
        service.Authority,
        TimeZoneInfo.FindSystemTimeZoneById(service.TimeZone),
        service.Contact,
        service.Hotline);

    private static NetworkPolicy Network(NetworkOptions network, ServiceIdentity service, Examination examined) => new(
        network.Allow,
        network.Proxy is null ? null : new Uri(network.Proxy),
        network.CaFile is null ? null : examined.Resolve(network.CaFile),
        $"Kwid/{typeof(Snapshot).Assembly.GetName().Version?.ToString(3)} (+{service.PublicUrl})");

    private static SourceAccess AccessOf(SourceOptions source, Examination examined)
    {
        var headers = source.Written?.Find("headers")?.Members.Where(header => Substitution.IsIn(header.Value.Text)).Select(header => header.Key) ?? [];
        var access = new SourceAccess
        {
            Headers = source.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase),
            ConfidentialHeaders = headers.ToHashSet(StringComparer.OrdinalIgnoreCase),
            User = source.User,
            Password = source.Password,
            Bearer = source.Bearer,
            ClientCertificate = source.ClientCertificate is null ? null : examined.Resolve(source.ClientCertificate),
            Proxy = source.Proxy is null ? null : new Uri(source.Proxy),
            CaFile = source.CaFile is null ? null : examined.Resolve(source.CaFile),
            RetryAfterScope = source.RetryAfterScope,
        };
        return access is { Headers.Count: 0, User: null, Bearer: null, ClientCertificate: null, Proxy: null, CaFile: null, RetryAfterScope: RetryAfterScope.Host } ? SourceAccess.Open : access;
    }

    private static Source Source(SourceOptions source, Examination examined) => new()
    {
        Id = new SourceId(source.Id),
        Name = source.Name ?? source.Id,
        Kind = source.Kind,
        Url = examined.FindAddress(source)!,
        IsAddressConfidential = HasReference(source),
        Class = source.Class,
        Deliver = source.Deliver,
        Tlp = source.Tlp,
        Language = source.Language,
        Attribution = source.Attribution ?? source.Name ?? source.Id,
        License = source.License,
        Topics = source.Topics,
        Enabled = source.Enabled,
        Interval = source.Interval,
        Cron = source.Cron,
        Access = AccessOf(source, examined),
        UserAgent = source.UserAgent,
        Page = source.Page?.ToSelectors(),
        Csaf = new CsafPlan(source.History, (int)source.DocumentsPerPoll),
        FormerIds = [.. source.FormerIds.Select(id => new SourceId(id))],
    };
}
