/// A setting and the value that mends what a diagnostic says, for a person or a program to write into the model.
public struct Change: Hashable, Sendable {
  /// The setting's path, as the file has it.
  public let path: String
  public let value: ScalarValue

  public init(path: String, value: ScalarValue) {
    self.path = path
    self.value = value
  }
}

/// One way to end a contradiction: a setting, and what to do with it.
struct Mend {
  let verb: String
  let info: SettingInfo
  let value: ScalarValue

  static func raise(_ info: SettingInfo, _ value: ScalarValue) -> Mend { Mend(verb: "raise", info: info, value: value) }
  static func lower(_ info: SettingInfo, _ value: ScalarValue) -> Mend { Mend(verb: "lower", info: info, value: value) }
  static func set(_ info: SettingInfo, _ value: ScalarValue) -> Mend { Mend(verb: "set", info: info, value: value) }
}

extension Diagnostic {
  /// The diagnostic with what ends it, in words and as data: both come from one list, so they can't differ. What is out of a setting's
  /// bounds ends nothing and is left out.
  ///
  /// - Parameters:
  ///   - mends: each enough alone, the one that asks least first.
  ///   - otherwise: what a person can do beside them.
  ///   - remark: what has to be known for any of them.
  func mended(in model: Configuration, by mends: [Mend?], otherwise: String? = nil, remark: String? = nil) -> Diagnostic
  {
    let possible = mends.compactMap { $0 }.filter { $0.info.domain.accepts($0.value) }
    let words = possible.enumerated().map { index, mend in
      let isSame = index > 0 && possible[index - 1].info == mend.info && possible[index - 1].verb == mend.verb
      return isSame ? mend.value.written : "\(mend.verb) \(model.path(of: mend.info)) to \(mend.value.written)"
    }
    var copy = self
    copy.changes = possible.map { Change(path: model.path(of: $0.info), value: $0.value) }
    let ways = (words + [otherwise].compactMap { $0 }).joined(separator: ", or ")
    copy.help = [ways, remark ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
    return copy
  }
}

extension PrometheusDuration {
  /// The length in whole minutes, or, below one, in whole seconds, or milliseconds; `nil` for nothing.
  static func rounded(down milliseconds: Int) -> PrometheusDuration? {
    let unit = milliseconds >= 60_000 ? 60_000 : milliseconds >= 1000 ? 1000 : 1
    let whole = milliseconds / unit * unit
    return whole > 0 ? PrometheusDuration(milliseconds: whole) : nil
  }

  /// The length in whole minutes, the next one up.
  static func rounded(up milliseconds: Int) -> PrometheusDuration {
    PrometheusDuration(milliseconds: max(1, (milliseconds + 59_999) / 60_000) * 60_000)
  }
}

extension ScalarValue {
  /// So many of a binary unit, `Gi` or `Mi`.
  static func size(_ count: Int, _ suffix: String) -> ScalarValue { Quantity("\(count)\(suffix)")?.scalar ?? .text("") }
}
