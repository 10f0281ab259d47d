# One image for every process of the lab. The build needs nothing but Docker.
#
# Both stages stand on one: the AOT cache is valid only for the very JVM and the very paths of the
# jars that it was made with.
FROM debian:trixie-slim AS jvm
RUN apt-get update \
 && apt-get install -y --no-install-recommends openjdk-25-jre-headless curl \
 && rm -rf /var/lib/apt/lists/*

FROM jvm AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends openjdk-25-jdk-headless etcd-server unzip \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/drydock
COPY . .
# What Maven fetches stays on this machine for the next build.
RUN --mount=type=cache,target=/root/.m2 ./drydock build --quick \
 && { [ -e dist/target/drydock/drydock.aot ] || tail -20 target/train.log; } \
 && mv dist/target/drydock /opt/dist

FROM jvm
RUN useradd --system --uid 10001 drydock
COPY --from=build /opt/dist /opt/drydock/dist/target/drydock
COPY dist/src/main/docker/ /usr/local/bin/
USER drydock
ENTRYPOINT ["component"]
