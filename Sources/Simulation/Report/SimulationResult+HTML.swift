import Charts
import Model

extension SimulationResult {
  /// The report as one page that needs nothing else.
  public var html: String {
    let rows = values.map { value in
      "<tr><th>\(Self.escaped(value.name))</th><td>\(Self.escaped(Shown.value(value)))</td><td>\(Self.escaped(value.meaning))</td></tr>"
    }
    let changes = happenings.map { happening in
      "<tr><td>\(Shown.duration(Double(happening.first)))</td><td>\(Shown.duration(Double(happening.last)))</td>"
        + "<td>\(Self.escaped(happening.name))</td><td>\(happening.count)</td></tr>"
    }
    let alerts = alerts.map { alert in
      "<tr><td>\(Shown.duration(Double(alert.first)))</td><td>\(Shown.duration(Double(alert.last)))</td>"
        + "<td>\(Self.escaped(alert.name))</td><td>\(alert.nodes)</td>"
        + "<td>\(alert.over.map { Shown.duration(Double($0)) } ?? "not over")</td></tr>"
    }
    let faults = options.faults.prefix(Self.faultCountMax).map { "<li><code>\(Self.escaped($0.text))</code></li>" }
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>\(Self.escaped(heading))</title>
      <style>:root{color-scheme:light dark}
      body{font:15px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;background:#fff;color:#1f2328}
      h2{margin-top:2rem}table{border-collapse:collapse}
      th,td{text-align:left;vertical-align:top;padding:.15rem 1.2rem .15rem 0}
      .figures th{font-weight:500;font-family:ui-monospace,monospace}
      .figures td:nth-child(2){text-align:right;font-weight:600;white-space:nowrap}
      .verdict{font-weight:600;white-space:pre-line}svg{max-width:100%;height:auto;margin-top:1rem}
      @media (prefers-color-scheme:dark){body{background:#0d1117;color:#f0f6fc}}</style></head><body>
      <h1>Rehearsal of \(Self.escaped(options.model.environment))</h1>
      <p>\(Self.escaped(heading))</p>
      <p class="verdict">\(Self.escaped(verdict))</p>
      <table class="figures">
      \(rows.joined(separator: "\n"))
      </table>
      \(chart.svg())
      \(Self.section("What the detectors said", ["first", "last", "change", "times"], changes))
      \(Self.section("Which of the agents' alerts fired", ["first", "last", "alert", "nodes", "over"], alerts))
      <h2>What went wrong</h2>
      <ol>
      \(faults.joined(separator: "\n"))
      </ol>
      </body></html>

      """
  }

  private static let faultCountMax = 200

  /// A table under a heading; nothing where it would be empty.
  private static func section(_ title: String, _ columns: [String], _ rows: [String]) -> String {
    if rows.isEmpty { return "" }
    let head = columns.map { "<th>\($0)</th>" }.joined()
    return "<h2>\(title)</h2>\n<table><tr>\(head)</tr>\n\(rows.joined(separator: "\n"))\n</table>"
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }
}
