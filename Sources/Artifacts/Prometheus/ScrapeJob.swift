import Document

/// One entry of `scrape_configs`, with the bounds that every job of ours has.
struct ScrapeJob<H: Hole> {
  var name: String
  var comment: String
  /// The parts between the name and the bounds: scheme, path, credentials.
  var fields: [Tree<H>.Entry] = []
  /// Its key is one of `kubernetes_sd_configs`, `static_configs`.
  var discovery: Tree<H>.Entry
  var relabeling: [Tree<H>] = []

  var tree: Tree<H> {
    .mapping(
      [.init("job_name", "\(name)", comment: comment)] + fields
        + [
          // A redirect could lead the agent and its credentials to another host.
          .init("follow_redirects", false),
          .init("body_size_limit", "64MB"),
          .init("sample_limit", 100_000),
          .init("target_limit", 2000),
          .init("label_limit", 64),
          .init("label_name_length_limit", 256),
          .init("label_value_length_limit", 4096),
          discovery,
        ] + (relabeling.isEmpty ? [] : [.init("relabel_configs", .sequence(relabeling))])
    )
  }
}

/// The entries of `relabel_configs`.
enum Relabeling {
  static func keep<H>(where labels: [String], match regex: String) -> Tree<H> {
    ["source_labels": .strings(labels), "action": "keep", "regex": "\(regex)"]
  }

  static func drop<H>(where labels: [String], match regex: String) -> Tree<H> {
    ["source_labels": .strings(labels), "action": "drop", "regex": "\(regex)"]
  }

  static func copy<H>(_ label: String, to target: String) -> Tree<H> {
    ["source_labels": .strings([label]), "target_label": "\(target)"]
  }

  /// `target` becomes `replacement`, with the groups of `regex`, where the labels match it.
  static func set<H>(_ target: String, from labels: [String], matching regex: String, to replacement: String) -> Tree<H>
  {
    [
      "source_labels": .strings(labels), "regex": "\(regex)", "target_label": "\(target)",
      "replacement": "\(replacement)",
    ]
  }
}
