# syntax=docker/dockerfile:1
# The administrator's commands. Build from the repository's root:
#   docker build -f deploy/admin-cli.Dockerfile -t tritontube/admin .
#   docker run --rm --network tritontube_default -v ./admin.key:/run/secrets/admin.key:ro tritontube/admin \
#     --server web:8081 --key-file /run/secrets/admin.key status

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /source
COPY . .
# Maven's folder is a cache of the builder: libraries are fetched once.
RUN --mount=type=cache,target=/root/.m2 mvn -B -q package -DskipTests -pl admin-cli -am

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 tritontube \
    && useradd --system --uid 10001 --gid tritontube --home-dir /nonexistent --shell /usr/sbin/nologin tritontube
COPY --from=build /source/admin-cli/target/admin-cli.jar /opt/tritontube/
COPY --from=build /source/admin-cli/target/lib /opt/tritontube/lib
USER tritontube
# Runs one command and ends: its health is its exit code.
HEALTHCHECK NONE
ENTRYPOINT ["java", "-XX:TieredStopAtLevel=1", "-jar", "/opt/tritontube/admin-cli.jar"]
