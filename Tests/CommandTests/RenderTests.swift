import Foundation
import Testing

@Suite struct RenderTests {
  let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write(model, to: "rescfg.yaml")
  }

  @Test func everyWayGivesTheSameFiles() throws {
    #expect(try place.rescfg("render", "--env", "prod", "--out", "a/b/out/").status == 0)
    let piped = try place.shell("mkdir piped && rescfg render --env prod | tar -xC piped")
    #expect(piped.status == 0, "\(piped.messages)")
    #expect(try place.rescfg("render", "--env", "all", "--out", "{env}/out").status == 0)
    let files = try place.files(in: "a/b/out")
    #expect(files.count > 5)
    #expect(try place.files(in: "piped") == files)
    #expect(try place.files(in: "prod/out") == files)
    #expect(try place.files(in: "dev/out") != files)
    // What tar extracted is ours to update.
    #expect(try place.rescfg("render", "--env", "dev", "--out", "piped").status == 0)
    #expect(try place.files(in: "piped") == place.files(in: "dev/out"))
  }

  @Test func localeAndPlaceDoNotMatter() throws {
    let archive = try place.rescfg("render", "--env", "prod").bytes
    for locale in ["tr_TR.UTF-8", "C", "de_DE.UTF-8", "ja_JP.EUC-JP"] {
      let variables = ["LC_ALL": locale, "LANG": locale, "TZ": "Asia/Kathmandu", "HOME": "/"]
      #expect(try place.rescfg("render", "--env", "prod", variables: variables).bytes == archive)
    }
    #expect(try place.shell("umask 077; rescfg render --env prod").bytes == archive)
    let lines = model.split(separator: "\n").map(String.init)
    try place.write(([lines[1], lines[0]] + lines[2...]).joined(separator: "\n") + "\n", to: "rescfg.yaml")
    #expect(try place.rescfg("render", "--env", "prod").bytes == archive)
  }

  @Test func checkAndDiffAgree() throws {
    #expect(try place.rescfg("render", "--env", "prod", "--check", "--out", "out").status == 1)
    #expect(!FileManager.default.fileExists(atPath: place.at("out").path))
    #expect(try place.rescfg("render", "--env", "prod", "--out", "out").status == 0)
    #expect(try place.rescfg("render", "--env", "prod", "--check", "--out", "out").status == 0)
    #expect(try place.rescfg("diff", "--env", "prod", "out").status == 0)

    let before = try place.files(in: "out")
    let check = try place.rescfg("render", "--env", "dev", "--check", "--out", "out")
    #expect(check.status == 1)
    #expect(check.text.contains("differs  out/.rescfg-manifest.json\n"))
    #expect(try place.files(in: "out") == before)

    // patch(1) makes of the directory what render would have made of it.
    let diff = try place.rescfg("diff", "--env", "dev", "out")
    #expect(diff.status == 1)
    try diff.bytes.write(to: place.at("patch"))
    #expect(try place.shell("patch -s -E -p1 -d out < patch").status == 0)
    #expect(try place.rescfg("render", "--env", "dev", "--check", "--out", "out").status == 0)
    #expect(try place.rescfg("diff", "--env", "dev", "out", "--color", "always").bytes.isEmpty)
  }

  @Test func editedAndForeignFilesAreErrors() throws {
    #expect(try place.rescfg("render", "--env", "prod", "--out", "out").status == 0)
    let names = try place.files(in: "out").keys.filter { $0.hasPrefix("kubernetes/") }.sorted()
    try place.write("mine", to: "out/" + names[0])
    try place.write("mine", to: "out/" + names[1])
    let before = try place.files(in: "out")
    let refused = try place.rescfg("render", "--env", "prod", "--out", "out")
    #expect(refused.status == 2)
    for name in names[..<2] { #expect(refused.messages.contains("out/\(name) was edited")) }
    #expect(refused.messages.contains("--force"))
    #expect(try place.files(in: "out") == before)
    #expect(try place.rescfg("render", "--env", "prod", "--out", "out", "--force").status == 0)
    #expect(try place.rescfg("diff", "--env", "prod", "out").status == 0)

    try place.write("mine", to: "full/x")
    let foreign = try place.rescfg("render", "--env", "prod", "--out", "full")
    #expect(foreign.status == 2)
    #expect(foreign.messages.contains("--force"))
    #expect(try place.files(in: "full").count == 1)
  }

  @Test func oneGroupAtATime() throws {
    #expect(try place.rescfg("render", "--env", "prod", "--only", "docs", "--out", "out").status == 0)
    #expect(try place.rescfg("render", "--env", "prod", "--only", "k8s,alerts", "--out", "out").status == 0)
    let parts = Set(try place.files(in: "out").keys.compactMap { $0.split(separator: "/").first })
    #expect(parts.isSuperset(of: ["docs", "kubernetes"]))
    #expect(try place.rescfg("render", "--env", "prod", "--out", "out").status == 0)
    #expect(try place.rescfg("render", "--env", "prod", "--out", "whole").status == 0)
    #expect(try place.files(in: "out") == place.files(in: "whole"))
  }

  @Test func aFileInTheWayOfOneEnvironmentStopsAll() throws {
    try place.write("mine", to: "out/prod/x")
    let refused = try place.rescfg("render", "--env", "all", "--out", "out/{env}")
    #expect(refused.status == 2)
    #expect(refused.messages.contains("out/prod has files in it"))
    #expect(!FileManager.default.fileExists(atPath: place.at("out/dev").path))
  }

  @Test func placesThatCannotBeWritten() throws {
    try place.write("a file", to: "file")
    for place in [("file", "file"), ("file/out", "file/out"), ("/proc/nowhere/out", "/proc/nowhere")] {
      let outcome = try self.place.rescfg("render", "--env", "prod", "--out", place.0)
      #expect(outcome.status == 2)
      #expect(outcome.messages.contains(place.1))
      #expect(outcome.bytes.isEmpty)
    }
  }

  /// Renders of two environments into one directory at once: it ends as one of them, whole.
  @Test func rendersAtOnceTakeTurns() throws {
    for _ in 0..<5 {
      let outcome = try place.shell(
        """
        for i in 1 2 3 4; do
          rescfg render -q --env prod --out out & a=$!
          rescfg render -q --env dev --out out & b=$!
          wait $a || exit; wait $b || exit
        done
        """
      )
      #expect(outcome.status == 0, "\(outcome.messages)")
      let statuses = try ["dev", "prod"].map { try place.rescfg("diff", "--env", $0, "out").status }
      #expect(statuses.sorted() == [0, 1])
    }
  }

  /// Killed at any moment, the next render finishes without being forced to.
  @Test func aKilledRenderIsFinishedByTheNext() throws {
    #expect(try place.rescfg("render", "--env", "prod", "--out", "out").status == 0)
    for delay in 1...20 {
      let environment = delay.isMultiple(of: 2) ? "prod" : "dev"
      let killed = "timeout -s KILL 0.00\(delay < 10 ? "0" : "")\(delay) $RESCFG_TEST_PROGRAM"
      _ = try place.shell("\(killed) render -q --env \(environment) --out out")
      let next = try place.rescfg("render", "--env", environment, "--out", "out")
      #expect(next.status == 0, "\(next.messages)")
      #expect(try place.rescfg("diff", "--env", environment, "out").status == 0)
    }
  }
}
