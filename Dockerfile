# Builds and runs without anything but the base images and the package registry. Compiles on the builder's own processor for the target's
# (docker buildx build --platform linux/amd64,linux/arm64 .): the second stage only copies, so nothing is emulated.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source
# The restore layer changes only when a project file or a lock file does.
COPY Directory.Build.props Directory.Packages.props BannedSymbols.txt ./
COPY src/Digest.Templates/Digest.Templates.csproj src/Digest.Templates/packages.lock.json src/Digest.Templates/
COPY src/Digest.Worker/Digest.Worker.csproj src/Digest.Worker/packages.lock.json src/Digest.Worker/
RUN dotnet restore --locked-mode -a ${TARGETARCH:-$(dpkg --print-architecture)} -p:PublishReadyToRun=true src/Digest.Worker
COPY .editorconfig appsettings.json ./
COPY samples samples
COPY src src
# Compiled ahead of time: half the time to start, and less memory than code that is compiled while it runs.
RUN dotnet publish src/Digest.Worker --no-restore -a ${TARGETARCH:-$(dpkg --print-architecture)} --self-contained false -c Release -p:PublishReadyToRun=true -p:PublishDocumentationFiles=false -o /app
# An empty volume, and the program's name, so that an operator types: docker compose exec digest digest doctor
RUN mkdir /data /names && ln -s /app/Digest.Worker /names/digest

FROM mcr.microsoft.com/dotnet/aspnet:10.0
LABEL org.opencontainers.image.title="Digest" \
      org.opencontainers.image.description="Mails each subscriber the new research papers that matter to them." \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /app /app
COPY --from=build /names /usr/local/bin
COPY --from=build --chown=1654:1654 /data /data
ENV Storage__ConnectionString="Data Source=/data/digest.db" \
    Storage__DataFolder=/data \
    Web__Urls=http://+:8080 \
    Web__OperatorUrls=http://+:9090 \
    Telemetry__Logs=json \
    ASPNETCORE_HTTP_PORTS= \
    DOTNET_EnableDiagnostics=0
USER 1654
WORKDIR /data
VOLUME /data
EXPOSE 8080 9090
HEALTHCHECK --interval=30s --timeout=10s --start-period=15s CMD ["dotnet", "/app/Digest.Worker.dll", "healthcheck"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "/app/Digest.Worker.dll"]
