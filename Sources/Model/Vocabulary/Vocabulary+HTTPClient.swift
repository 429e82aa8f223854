extension Vocabulary {
  /// `http_config` of prometheus/common, which scrape configs and service discoveries have among their own fields.
  static let httpClientFields: [Field] =
    [
      .field("basic_auth", .object(basicAuth)),
      .field("authorization", .object(authorization)),
      .field("oauth2", .object(oauth2)),
      .field("bearer_token", .secret(insteadUse: "bearer_token_file")),
      .field("bearer_token_file", .text),
      .field("tls_config", .object(tlsConfig)),
      .field("follow_redirects", .boolean),
      .field("enable_http2", .boolean),
      .field("http_headers", .map(.object(header)), since: PrometheusVersion(2, 55)),
    ] + proxyFields

  private static let proxyFields: [Field] = [
    .field("proxy_url", .url),
    .field("no_proxy", .text, since: PrometheusVersion(2, 43)),
    .field("proxy_from_environment", .boolean, since: PrometheusVersion(2, 43)),
    .field("proxy_connect_header", .map(.list(.secret(insteadUse: nil)))),
  ]

  private static let basicAuth = Vocabulary(
    "basic_auth",
    [
      .field("username", .text),
      .field("username_file", .text, since: PrometheusVersion(2, 49)),
      .field("password", .secret(insteadUse: "password_file")),
      .field("password_file", .text),
    ]
  )

  private static let authorization = Vocabulary(
    "authorization",
    [
      .field("type", .text),
      .field("credentials", .secret(insteadUse: "credentials_file")),
      .field("credentials_file", .text),
    ]
  )

  private static let oauth2 = Vocabulary(
    "oauth2",
    [
      .field("client_id", .text),
      .field("client_secret", .secret(insteadUse: "client_secret_file")),
      .field("client_secret_file", .text),
      .field("scopes", .list(.text)),
      .field("token_url", .url),
      .field("endpoint_params", .map(.text)),
      .field("tls_config", .object(tlsConfig)),
    ] + proxyFields
  )

  private static let tlsVersions: [Word] = ["TLS10", "TLS11", "TLS12", "TLS13"]

  static let tlsConfig = Vocabulary(
    "tls_config",
    [
      .field("ca", .text, since: PrometheusVersion(2, 45)),
      .field("ca_file", .text),
      .field("cert", .text, since: PrometheusVersion(2, 45)),
      .field("cert_file", .text),
      .field("key", .secret(insteadUse: "key_file")),
      .field("key_file", .text),
      .field("server_name", .text),
      .field("insecure_skip_verify", .neverTrue("name the authority that signed the certificate in 'ca_file'")),
      .field("min_version", .word(tlsVersions)),
      .field("max_version", .word(tlsVersions)),
    ]
  )

  private static let header = Vocabulary(
    "header",
    [
      .field("values", .list(.text)),
      .field("secrets", .secret(insteadUse: "files")),
      .field("files", .list(.text)),
    ]
  )
}
