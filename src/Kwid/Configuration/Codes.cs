namespace Kwid.Configuration;

/// <summary>Codes of configuration mistakes. A code keeps its meaning for ever; a new meaning gets a new number.</summary>
internal static class Codes
{
    // The file itself.
    public const string FileNotReadable = "KWD1001";
    public const string NotUtf8 = "KWD1002";
    public const string Syntax = "KWD1003";
    public const string DuplicateKey = "KWD1004";
    public const string TooManySyntaxMistakes = "KWD1005";

    // Any value.
    public const string UnknownKey = "KWD1101";
    public const string WrongType = "KWD1102";
    public const string MissingKey = "KWD1103";
    public const string NotATimeSpan = "KWD1104";
    public const string NotAWord = "KWD1105";
    public const string EnvironmentMissing = "KWD1106";
    public const string SecretFileMissing = "KWD1107";
    public const string SecretInClear = "KWD1108";
    public const string OutOfRange = "KWD1109";
    public const string NotBuiltYet = "KWD1110";

    // service, storage, retention
    public const string PublicUrl = "KWD1201";
    public const string Authority = "KWD1202";
    public const string ExampleInPublic = "KWD1203";
    public const string Listen = "KWD1204";
    public const string TimeZone = "KWD1205";
    public const string Contact = "KWD1206";
    public const string OperatorListen = "KWD1207";
    public const string OperatorToken = "KWD1208";
    // KWD1301 was: PostgreSQL is not supported yet.
    public const string StorageConnection = "KWD1302";
    public const string RetentionOrder = "KWD1303";

    // polling, network
    public const string IntervalTooShort = "KWD1401";
    public const string NetworkAllow = "KWD1501";
    public const string Proxy = "KWD1502";
    public const string CaFile = "KWD1503";

    // sources
    public const string SourceIdInvalid = "KWD1601";
    public const string SourceIdTaken = "KWD1602";
    public const string FormerId = "KWD1603";
    public const string SourceUrl = "KWD1604";
    // KWD1605 was: notices are not supported yet.
    public const string Language = "KWD1606";
    public const string SourcePage = "KWD1607";
    public const string Selector = "KWD1608";
    public const string LinkPattern = "KWD1609";
    public const string DateFormat = "KWD1610";
    public const string Cron = "KWD1611";
    public const string SourceAccess = "KWD1612";
    public const string SourceHeader = "KWD1613";
    public const string ClientCertificate = "KWD1614";
    public const string SourceCsaf = "KWD1615";
    public const string SourceNotices = "KWD1616";

    // notices
    public const string Notice = "KWD1651";

    // recipients, recipientFiles, profiles, providers
    public const string Select = "KWD1701";
    public const string SelectsNothing = "KWD1702";
    public const string RecipientKeyInvalid = "KWD1703";
    public const string ReservedWord = "KWD1704";
    public const string NameMissing = "KWD1705";
    public const string ProfileUnknown = "KWD1706";
    public const string RecipientTwice = "KWD1707";
    public const string SelectOrKey = "KWD1708";
    public const string RecipientFiles = "KWD1709";
    public const string Successor = "KWD1710";
    public const string ProfileName = "KWD1801";
    public const string ProviderId = "KWD1802";
    public const string ProviderRecipient = "KWD1803";

    // changes
    public const string ChangeRule = "KWD1821";

    // identity
    public const string PublisherName = "KWD1551";
    public const string PublisherPattern = "KWD1552";
    public const string PublisherTemplate = "KWD1553";
    public const string PublisherHost = "KWD1554";

    // against what was before
    public const string AuthorityChanged = "KWD1901";
    public const string NeedsRestart = "KWD1902";
    public const string EndsTooManyFeeds = "KWD1903";
}
