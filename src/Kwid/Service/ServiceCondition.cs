namespace Kwid.Service;

/// <summary>What is wrong with the service as a whole, for status page and readiness.</summary>
internal sealed class ServiceCondition
{
    private volatile string? _storeFault;
    private volatile string? _publishingFault;

    /// <summary>Why nothing is published, for the operator; null when nothing is in the way.</summary>
    public string? PublishingFault
    {
        get => _publishingFault;
        set => _publishingFault = value;
    }

    /// <summary>Why nothing new can be stored, for the operator; null when all is well.</summary>
    public string? StoreFault
    {
        get => _storeFault;
        set => _storeFault = value;
    }
}
