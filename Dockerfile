# syntax=docker/dockerfile:1
# Kwid in a small image without shell or package manager, run by a user without rights. How to use it: docs/container.md
#
#   docker build -t kwid .
#   docker run -p 8080:8080 -v kwid-data:/data -v ./feeds.config.json:/etc/kwid/feeds.config.json:ro --read-only kwid
#
# The image brings no configuration: Kwid listens beyond loopback here, and refuses that as long as `service.publicUrl` or
# `service.authority` is an example (*.example), since both end up in every entry's id for ever. Set them first.

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG RID=linux-x64
WORKDIR /kwid
ENV DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# Packages first, exactly those of the lock files: this layer is kept as long as they are.
COPY Directory.Build.props Directory.Packages.props global.json ./
COPY src/Kwid.Core/Kwid.Core.csproj src/Kwid.Core/packages.lock.json src/Kwid.Core/
COPY src/Kwid.LiteDb/Kwid.LiteDb.csproj src/Kwid.LiteDb/packages.lock.json src/Kwid.LiteDb/
COPY src/Kwid.Postgres/Kwid.Postgres.csproj src/Kwid.Postgres/packages.lock.json src/Kwid.Postgres/
COPY src/Kwid/Kwid.csproj src/Kwid/packages.lock.json src/Kwid/
RUN dotnet restore src/Kwid --locked-mode -p:RuntimeIdentifier=$RID -p:PublishReadyToRun=true

COPY . .
RUN dotnet publish src/Kwid -c Release -r $RID --self-contained false --no-restore -p:PublishReadyToRun=true -o /app \
    && mkdir /empty

# "extra": with ICU and time zones, for German sorting and Europe/Berlin.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build /app ./
# A new volume takes over owner and rights of the folder it is mounted on.
COPY --from=build --chown=1654:1654 --chmod=700 /empty /data

# Nothing is written outside /data, so that the root file system may be read-only; without diagnostics the runtime needs no /tmp.
ENV DOTNET_EnableDiagnostics=0 \
    ASPNETCORE_HTTP_PORTS= \
    KWID_CONFIG=/etc/kwid/feeds.config.json \
    KWID_DATA=/data \
    KWID_URLS=http://+:8080

USER $APP_UID
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["./kwid", "healthcheck"]
ENTRYPOINT ["./kwid"]
