namespace Kwid.Core.Storage;

/// <summary>A whole store. Its parts are what different stages need of it: polls and publishing, access, care.</summary>
public interface IStore : IEntryStore, IAccessStore, IStoreCare;
