/// Strings that have broken some printer or reader, and mixtures of their parts.
enum AdversarialStrings {
  static let known: [String] = [
    "", " ", "  ", "a ", " a", "\n", "\n\n", "a\n", "a\n\n", "\na", "a\nb", "  a\nb", "a\n  b\n", "a\n \nb", "a\n ",
    "\ta\nb",
    "a\tb", "\t", "a \nb", "---", "...", "---\na: b\n", "- a", "-", "--", "-1", "-a", "--flag=x", "--1", "? a", "?",
    ":", "a:", "a: b",
    "a:b", ": a", "a #b", "a#b", "#a", "# a", "!tag", "!!int 1", "&a", "*a", "%", "%YAML 1.2", "@a", "`a`", "|", ">",
    "'", "''",
    "'a'", "\"", "\"a\"", "\\", "a\\nb", "\\u0041", "{", "}", "{}", "[", "]", "[]", "{a: b}", "[a, b]", ",", "a, b",
    "=", "<<", "~", "null",
    "Null", "NULL", "nUll", "true", "True", "TRUE", "false", "yes", "Yes", "no", "NO", "on", "On", "off", "OFF", "y",
    "Y", "n",
    "N", "yEs", "1", "+1", "0", "-0", "007", "0o7", "0x1F", "0b1", "1_000", "_1", "1e3", "1E3", "1e-3", "1.", "1.5",
    ".5", "+.5", "1.5e+3",
    "12e03", ".inf", "-.inf", "+.INF", ".nan", ".NaN", "inf", "nan", "1:30", "1:30.5", "190:20:30", "12:30:45",
    "2001-12-14",
    "2001-1-1", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43.10 -5", "2001-12-14 21:59:43Z", "10.0.0.0/16",
    "1.2.3.4",
    "30s", "1d", "5e", "0x", "1e", "2Gi", "500m", "${x}", "%{x}", "$${x}", "%%{x}", "{{ x }}", "{{{", "{{`", "}}",
    "$(x)", "$(rm -rf /)",
    "\"} or vector(1)", "up{job=\"a\"} > 0", "a\rb", "\r\n", "a\r\nb\n", "\u{85}", "a\u{85}b", "a\u{2028}b",
    "a\u{2029}\nb", "\u{feff}a",
    "a\u{feff}b", "a\n\u{feff}b\n", "\u{202e}abc", "\u{200b}", "\u{a0}", "\u{a0}a ", "\u{fffd}", "\u{fffe}", "\u{ffff}",
    "\u{10ffff}",
    "\u{1fffe}", "\u{d7ff}", "\u{e000}", "é", "e\u{301}", "👩‍👩‍👧‍👦", "a\n👩‍👩‍👧‍👦\n", "\u{1}", "\u{7}", "\u{8}", "\u{b}", "\u{c}",
    "\u{1b}[31m", "\u{1f}",
    "\u{7f}", "\u{80}", "\u{9f}", "a\u{7f}\nb", "a\n\n\n", "\n\na", "\n  \na", "  \n\na\n", "#a\nb", "a\n# b\n",
    "a\n---\nb\n", "a\n...\n", "%a\nb",
    "a: |\n  b\n", "key: 'value\n", "\t\n", "a\n\t", " \n", "é\n", "<a href='x'>&amp;</a>", "cron(0 3 * * ? *)",
    "/path", "_", "__a", "$a", "(a)",
    String(repeating: "a", count: 5000), String(repeating: "\u{7f}", count: 900),
    String(repeating: "word ", count: 800) + "end",
    String(repeating: "é", count: 1020), String(repeating: "x", count: 1024) + ": y",
  ]

  private static let parts =
    known + [
      "a", "b", "0", "9", " ", " ", "\n", "\n", ":", "#", "'", "\"", "\\", "-", "_", ".", "{", "}", "<", "&", "$", "%",
    ]

  static func random(using random: inout Randomness) -> String {
    if random.chance(0.4) { return random.pick(known) }
    return (0..<Int.random(in: 1...6, using: &random)).map { _ in random.pick(parts) }.joined()
  }

  /// As it comes, or any Unicode at all.
  static func randomScalars(using random: inout Randomness) -> String {
    var view = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...8, using: &random) {
      let limit: UInt32 = random.pick([0x7f, 0x100, 0x2100, 0x1_0000, 0x11_0000])
      if let scalar = Unicode.Scalar(UInt32.random(in: 1..<limit, using: &random)) { view.append(scalar) }
    }
    return String(view)
  }
}
