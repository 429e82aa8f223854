# The image of `rescfg run agent|detector|sync`, and of the compiler: one binary, as static as Debian allows, with the `cat` and `wget` that the
# runbook's commands call, as a user that isn't root.
#
# Pin both base images by digest before you rely on a build: a tag is moved by its owner, a digest can't be. For example
#   docker buildx imagetools inspect swift:6.3-bookworm --format '{{.Manifest.Digest}}'
# and then FROM swift:6.3-bookworm@sha256:... The same goes for the image that results: `images.rescfg` in the model takes a
# digest, and every manifest follows.

FROM swift:6.3-bookworm AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends libyaml-dev libsnappy-dev libcurl4-openssl-dev pkg-config \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
# Swift's own libraries, libyaml, libsnappy and the C++ library are linked in. What stays shared comes from the same Debian
# release in the last stage: the C library, and libcurl, which only `run` opens (docs/decisions/0011-libcurl-loaded-late.md).
RUN swift build -c release --product rescfg --static-swift-stdlib --disable-local-rpath \
 && strip .build/release/rescfg \
 && mkdir -p /image/usr/local/bin /image/var/log /image/var/lib/rescfg \
 && cp .build/release/rescfg /image/usr/local/bin/

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends busybox ca-certificates libcurl4 \
 && rm -rf /var/lib/apt/lists/* \
 && ln -s /bin/busybox /usr/local/bin/wget \
 && groupadd --gid 10001 rescfg \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin rescfg
COPY --from=build --chown=10001:10001 /image/ /
USER 10001:10001
HEALTHCHECK --interval=30s --timeout=5s CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:9090/-/healthy"]
ENTRYPOINT ["/usr/local/bin/rescfg"]
CMD ["--help"]
