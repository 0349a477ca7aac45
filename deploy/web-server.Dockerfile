# syntax=docker/dockerfile:1
# A web server, with ffmpeg beside it: a separate program under its own licence (GPL as Ubuntu builds it).
# Build from the repository's root:
#   docker build -f deploy/web-server.Dockerfile -t tritontube/web-server .

FROM maven:3.9-eclipse-temurin-25 AS build
# npm brings the players of the watch page.
RUN apt-get update \
    && apt-get install -y --no-install-recommends nodejs npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
# Maven's folder is a cache of the builder: libraries are fetched once.
RUN --mount=type=cache,target=/root/.m2 mvn -B -q package -DskipTests -pl web-server -am

FROM eclipse-temurin:25-jre
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl ffmpeg util-linux \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 tritontube \
    && useradd --system --uid 10001 --gid tritontube --home-dir /nonexistent --shell /usr/sbin/nologin tritontube \
    && install --directory --owner=tritontube --group=tritontube --mode=0750 /data
COPY --from=build /source/web-server/target/web-server.jar /opt/tritontube/
COPY --from=build /source/web-server/target/lib /opt/tritontube/lib
USER tritontube
VOLUME /data
EXPOSE 8080 8081
ENV TRITONTUBE_DATA=/data \
    TRITONTUBE_HOST=0.0.0.0 \
    TRITONTUBE_PORT=8080 \
    TRITONTUBE_ADMIN_PORT=8081 \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=40 -XX:MaxDirectMemorySize=1g -XX:+ExitOnOutOfMemoryError"
HEALTHCHECK --interval=10s --timeout=3s --start-period=40s --retries=3 \
    CMD ["sh", "-c", "for scheme in http https; do curl --fail --silent --insecure --output /dev/null \"$scheme://127.0.0.1:${TRITONTUBE_PORT}/api/v1/health/ready\" && exit 0; done; exit 1"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["java", "-jar", "/opt/tritontube/web-server.jar"]
