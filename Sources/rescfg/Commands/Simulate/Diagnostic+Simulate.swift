import Model
import Output
import Simulation

/// What is wrong with a command line of `simulate`.
extension Diagnostic {
  static func badOutage(_ text: String) -> Diagnostic {
    Diagnostic(
      .error,
      "outage",
      "'\(text.shown)' is no duration of up to a year",
      help: "write it as Prometheus does: 30m, 6h, 1d12h"
    )
  }

  static func outOfRange(_ value: Int, _ range: ClosedRange<Int>) -> Diagnostic {
    Diagnostic(
      .error,
      "number",
      "\(value) is out of range",
      help: "it is from \(range.lowerBound) to \(range.upperBound)"
    )
  }

  static func badPattern(_ text: String) -> Diagnostic {
    let names = FaultPattern.allCases.map(\.rawValue)
    return Diagnostic(
      .error,
      "pattern",
      "there is no pattern '\(text.shown)'",
      help: suggestion(for: text, among: names).map { "did you mean '\($0)'?" } ?? "there are \(list(names))"
    )
  }

  static var patternAndSchedule: Diagnostic {
    Diagnostic(.error, "schedule", "a pattern and a schedule exclude each other", help: "leave out --pattern")
  }

  static func badSchedule(_ path: String, _ problem: FaultText.Malformed) -> Diagnostic {
    Diagnostic(
      .error,
      "schedule",
      problem.reason,
      at: Location(file: path, line: problem.line, column: 1),
      help: "a line is such as '10m 6h partition how=silent nodes=30%'"
    )
  }

  static func badReport(_ path: String) -> Diagnostic {
    Diagnostic(.error, "report", "'\(path.shown)' is neither .html nor .svg", help: "--report rehearsal.html")
  }

  static func notModelled(_ fault: Fault, _ model: Configuration) -> Diagnostic {
    Diagnostic(
      .error,
      "not-modelled",
      "with collector: \(model[Settings.collector].rawValue) no agent of rescfg runs, and the model of Prometheus' own knows no '\(fault.text.shown)'",
      at: model.location(of: Settings.collector.info),
      help: "leave that fault out; the collectors that know it are \(list(Collector.durable))"
    )
  }

  static var yearsAndOutage: Diagnostic {
    Diagnostic(
      .error,
      "years",
      "--years makes its own fleets and faults, and no report of one outage",
      help: "leave out --outage, --pattern, --schedule, --nodes, --report and --assert"
    )
  }

  static func badAssertion(_ text: String, _ problem: Assertion.Malformed) -> Diagnostic {
    let names = SimulationResult.valueUnits.map(\.name)
    return switch problem {
    case .noComparison:
      Diagnostic(
        .error,
        "assertion",
        "'\(text.shown)' compares nothing",
        help: "write a name, a comparison and a value: loss==0, peak_disk<10Gi, time_to_fresh<30s"
      )
    case .unknownName(let name):
      Diagnostic(
        .error,
        "assertion",
        "a run has no number '\(name.shown)'",
        help: suggestion(for: name, among: names).map { "did you mean '\($0)'?" } ?? "there are \(list(names))"
      )
    case .badValue(let value, let unit):
      Diagnostic(
        .error,
        "assertion",
        "'\(value.shown)' is no number of \(unit.rawValue)",
        help: unit == .milliseconds
          ? "write a duration: 500ms, 30s, 1h" : "write a number, with k, M, G, Ki, Mi or Gi where it is large"
      )
    }
  }
}

extension Collector {
  fileprivate static var durable: [String] { allCases.filter(\.hasDurableQueue).map(\.rawValue) }
}
