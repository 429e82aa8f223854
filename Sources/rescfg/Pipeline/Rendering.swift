import Artifacts
import Document
import Model
import Output
import Threads

/// Everything that one environment renders and that a command asked for.
struct Rendering {
  let environment: String
  let files: [OutputFile]

  init(_ configuration: Configuration, _ groups: Set<ArtifactGroup>) {
    environment = configuration.environment
    growHeapsInLargeSteps()
    // The module takes about as long as all the others.
    let (module, others) = atOnce {
      Self.files(moduleArtifacts(configuration), groups)
    } _: {
      Self.files(artifactsBesideModule(configuration), groups)
    }
    files = (module + others).sorted { $0.path < $1.path }
  }

  private static func files(_ artifacts: [Artifact], _ groups: Set<ArtifactGroup>) -> [OutputFile] {
    artifacts.filter { groups.contains($0.path) }.map { artifact in
      guard let path = OutputPath(artifact.path), path.isOurs else {
        preconditionFailure("BUG: '\(artifact.path)' is no path inside an output directory")
      }
      return OutputFile(path, artifact.contents)
    }
  }

  /// What the directory has to hold, the manifest apart, and what that takes.
  func plan(_ survey: Survey, _ groups: Set<ArtifactGroup>, prunes: Bool) -> WritePlan {
    WritePlan(survey, wanted: files, environment: environment, version: toolVersion, prunes: prunes) {
      groups.contains($0.text)
    }
  }

  /// With the manifest, as a directory would hold them.
  var allFiles: [OutputFile] {
    files + [OutputFile(Manifest.path, plan(Survey(), [], prunes: false).manifestBytes)]
  }
}
