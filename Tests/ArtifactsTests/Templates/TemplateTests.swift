import Artifacts
import Document
import Testing

@Suite struct TemplateTests {
  private func template(_ source: String) -> Template { Template(Array(source.utf8)) }

  @Test func fillsEverySlotAndKeepsOrigins() {
    let text: Text<Never> = template("# {{name}}\n\n{{name}} is {{size}}.\n")
      .filled(["name": Text(.known("dev", from: ["cluster_name"]), .arbitrary), "size": "10Gi"])
    #expect(text.string == "# dev\n\ndev is 10Gi.")
    #expect(text.origins == ["cluster_name"])
  }

  @Test func singleBracesAreText() {
    let source = "up{job=\"kubernetes-nodes\"} and {a} and }}"
    #expect(template(source).slots.isEmpty)
    let text: Text<Never> = template(source).filled([:])
    #expect(text.string == source)
  }

  @Test func valuesAreNotReadAgain() {
    let text: Text<Never> = template("{{a}}{{b}}").filled(["a": "{{b}}", "b": "{{a}}"])
    #expect(text.string == "{{b}}{{a}}")
  }

  @Test func missingValueStops() async {
    await #expect(processExitsWith: .failure) {
      let _: Text<Never> = Template(Array("{{a}}".utf8)).filled([:])
    }
  }

  @Test func unknownValueStops() async {
    await #expect(processExitsWith: .failure) {
      let _: Text<Never> = Template(Array("{{a}}".utf8)).filled(["a": "", "b": ""])
    }
  }

  @Test(arguments: ["{{", "{{}}", "{{a", "{{ a }}", "{{A}}"]) func bracesThatBeginNoSlotStop(source: String) async {
    await #expect(processExitsWith: .failure) { [source] in _ = Template(Array(source.utf8)) }
  }
}
