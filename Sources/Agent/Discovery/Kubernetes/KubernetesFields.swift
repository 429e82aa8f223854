internal import JSON

/// Objects of Kubernetes leave out what is empty, and some of them write null for it.
extension JSONReader {
  mutating func optionalString() throws(JSONError) -> String {
    if try peek() == .null {
      try null()
      return ""
    }
    return try string()
  }

  mutating func optionalObject(_ body: (inout JSONReader, String) throws(JSONError) -> Void) throws(JSONError) {
    if try peek() == .null { try null() } else { try object(body) }
  }

  mutating func optionalArray(_ body: (inout JSONReader) throws(JSONError) -> Void) throws(JSONError) {
    if try peek() == .null { try null() } else { try array(body) }
  }

  /// `{"a": "b"}`, as labels and annotations are.
  mutating func strings() throws(JSONError) -> [(name: String, value: String)] {
    var pairs: [(name: String, value: String)] = []
    try optionalObject { reader, key throws(JSONError) in pairs.append((key, try reader.optionalString())) }
    return pairs
  }
}

/// `metadata` of an object.
struct KubernetesMetadata: Sendable {
  var name = ""
  var namespace = ""
  var uid = ""
  var resourceVersion = ""
  var labels: [(name: String, value: String)] = []
  var annotations: [(name: String, value: String)] = []
  /// Of the owner that controls it.
  var controllerKind = ""
  var controllerName = ""

  init() {}

  init(_ reader: inout JSONReader) throws(JSONError) {
    try reader.optionalObject { reader, key throws(JSONError) in
      switch key {
      case "name": name = try reader.optionalString()
      case "namespace": namespace = try reader.optionalString()
      case "uid": uid = try reader.optionalString()
      case "resourceVersion": resourceVersion = try reader.optionalString()
      case "labels": labels = try reader.strings()
      case "annotations": annotations = try reader.strings()
      case "ownerReferences":
        var isFound = false
        try reader.optionalArray { reader throws(JSONError) in
          let owner = try Owner(&reader)
          if owner.isController, !isFound {
            isFound = true
            controllerKind = owner.kind
            controllerName = owner.name
          }
        }
      default: try reader.skip()
      }
    }
  }

  private struct Owner {
    var kind = ""
    var name = ""
    var isController = false

    init(_ reader: inout JSONReader) throws(JSONError) {
      try reader.optionalObject { reader, key throws(JSONError) in
        switch key {
        case "kind": kind = try reader.optionalString()
        case "name": name = try reader.optionalString()
        case "controller" where try reader.peek() == .boolean: isController = try reader.boolean()
        default: try reader.skip()
        }
      }
    }
  }

  /// `__meta_kubernetes_<role>_name`, and two labels for each label and annotation.
  func metaLabels(role: String) -> [(name: String, value: String)] {
    let prefix = "__meta_kubernetes_\(role)_"
    var result = [(name: prefix + "name", value: name)]
    for (kind, pairs) in [("label", labels), ("annotation", annotations)] {
      for pair in pairs {
        let name = sanitizedLabelName(pair.name)
        result.append((prefix + "\(kind)_\(name)", pair.value))
        result.append((prefix + "\(kind)present_\(name)", "true"))
      }
    }
    return result
  }
}

/// With an underscore for each character that a label's name may not have.
func sanitizedLabelName(_ name: String) -> String {
  var result: [UInt8] = []
  for scalar in name.unicodeScalars {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": result.append(UInt8(scalar.value))
    default: result.append(UInt8(ascii: "_"))
    }
  }
  return String(decoding: result, as: UTF8.self)
}

/// Go's `net.JoinHostPort`.
func joined(host: String, port: Int) -> String {
  host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
}
