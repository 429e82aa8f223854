/// One entry of `scrape_configs`, as the scraper works with it. Discovery reads its own part of the entry.
package struct ScrapeJob: Hashable, Sendable {
  package var name: String
  package var intervalMilliseconds: Int64
  package var timeoutMilliseconds: Int64
  package var scheme = "http"
  package var metricsPath = "/metrics"
  package var parameters: [Parameter] = []
  /// Whether a label that the target exposes wins over one of the target's own.
  package var honorsLabels = false
  package var honorsTimestamps = true
  package var tracksTimestampsStaleness = false
  package var relabelRules: [RelabelRule] = []
  package var metricRelabelRules: [RelabelRule] = []
  package var limits = Limits()
  package var acceptsGzip = true
  /// In the order of preference.
  package var protocols = ScrapeProtocol.standard { didSet { updateAccept() } }
  package var escapingScheme = "allow-utf-8" { didSet { updateAccept() } }
  /// The Accept header that says so.
  package private(set) var accept = ""
  /// For targets that don't say what they answer with, or say something else.
  package var fallbackProtocol: ScrapeProtocol?
  package var authorization = ScrapeAuthorization.none
  package var tls = ScrapeTLS()
  package var hasExtraMetrics = false

  package init(name: String, intervalMilliseconds: Int64, timeoutMilliseconds: Int64) {
    self.name = name
    self.intervalMilliseconds = intervalMilliseconds
    self.timeoutMilliseconds = timeoutMilliseconds
    updateAccept()
  }

  private mutating func updateAccept() { accept = ScrapeProtocol.accept(protocols, escaping: escapingScheme) }

  /// A parameter of the URL, with all its values.
  package struct Parameter: Hashable, Sendable {
    package var name: String
    package var values: [String]

    package init(_ name: String, _ values: [String]) {
      self.name = name
      self.values = values
    }
  }

  /// 0 stands for "none but the agent's own".
  package struct Limits: Hashable, Sendable {
    package var bodyByteCount = 0
    /// After relabeling.
    package var sampleCount = 0
    package var targetCount = 0
    package var labelCount = 0
    package var labelNameByteCount = 0
    package var labelValueByteCount = 0

    package init() {}
  }
}

/// Who the agent says it is, to a target. Secrets stay in their files, which are read for each request.
package enum ScrapeAuthorization: Hashable, Sendable {
  case none
  /// `basic_auth`; of a name and its file, one is there.
  case basic(username: String, usernameFile: String?, passwordFile: String?)
  /// `authorization` and `bearer_token_file`: the scheme, and the file that holds what follows it.
  case header(scheme: String, credentialsFile: String)
}

/// `tls_config`, by files. Certificates are always verified.
package struct ScrapeTLS: Hashable, Sendable {
  package var caFile: String?
  package var certificateFile: String?
  package var keyFile: String?
  package var serverName: String?
  /// `TLS10` to `TLS13`.
  package var minimumVersion: String?
  package var maximumVersion: String?

  package init() {}
}
