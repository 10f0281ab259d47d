# One image for every process of the lab. The build needs nothing but Docker.
FROM debian:trixie-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends openjdk-25-jdk-headless etcd-server curl unzip ca-certificates \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/drydock
COPY . .
RUN ./drydock build && mv dist/target/drydock /opt/dist

# The AOT cache holds the paths of the jars and of the JVM: both stages have the same.
FROM debian:trixie-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends openjdk-25-jre-headless curl \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 drydock
COPY --from=build /opt/dist /opt/drydock/dist/target/drydock
COPY dist/src/main/docker/ /usr/local/bin/
USER drydock
ENTRYPOINT ["component"]
