import Charts
import Model

extension SimulationResult {
  /// The report as one page that needs nothing else.
  package var html: String {
    let rows = values.map { value in
      "<tr><th>\(Self.escaped(value.name))</th><td>\(Self.escaped(Shown.value(value)))</td><td>\(Self.escaped(value.meaning))</td></tr>"
    }
    let changes = happenings.map { happening in
      "<tr><td>\(Shown.duration(Double(happening.first)))</td><td>\(Shown.duration(Double(happening.last)))</td>"
        + "<td>\(Self.escaped(happening.name))</td><td>\(happening.count)</td></tr>"
    }
    let faults = options.faults.prefix(Self.faultCountMax).map { "<li><code>\(Self.escaped($0.text))</code></li>" }
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>\(Self.escaped(heading))</title>
      <style>body{font:15px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem}
      table{border-collapse:collapse}th,td{text-align:left;padding:.15rem .8rem .15rem 0}td:nth-child(2){text-align:right}
      svg{max-width:100%;height:auto}pre{white-space:pre-wrap}</style></head><body>
      <h1>Rehearsal of \(Self.escaped(options.model.environment))</h1>
      <p>\(Self.escaped(heading))</p>
      <p><strong>\(Self.escaped(verdict))</strong></p>
      <table>
      \(rows.joined(separator: "\n"))
      </table>
      \(chart.svg())
      <h2>What the detectors said</h2>
      <table><tr><th>first</th><th>last</th><th>change</th><th>times</th></tr>
      \(changes.joined(separator: "\n"))
      </table>
      <h2>What went wrong</h2>
      <ol>
      \(faults.joined(separator: "\n"))
      </ol>
      </body></html>

      """
  }

  private static let faultCountMax = 200

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
