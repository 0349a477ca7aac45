# syntax=docker/dockerfile:1
# One storage node. Build from the repository's root:
#   docker build -f deploy/storage-node.Dockerfile -t tritontube/storage-node .

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /source
COPY . .
# Maven's folder is a cache of the builder: libraries are fetched once.
RUN --mount=type=cache,target=/root/.m2 mvn -B -q package -DskipTests -pl storage-node -am

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 tritontube \
    && useradd --system --uid 10001 --gid tritontube --home-dir /nonexistent --shell /usr/sbin/nologin tritontube \
    && install --directory --owner=tritontube --group=tritontube --mode=0750 /data
COPY --from=build /source/storage-node/target/storage-node.jar /opt/tritontube/
COPY --from=build /source/storage-node/target/lib /opt/tritontube/lib
USER tritontube
VOLUME /data
EXPOSE 9101
ENV TRITONTUBE_DATA=/data \
    TRITONTUBE_PORT=9101 \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError"
# A node listens on one address, its own name: what it is known by to its peers.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/${TRITONTUBE_HOST:-127.0.0.1}/${TRITONTUBE_PORT}"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["java", "-jar", "/opt/tritontube/storage-node.jar"]
