import Document
import Model

func prometheusArguments<S: Scope>(_ scope: S) -> [Text<S.H>] { ["--config.file=/etc/prometheus/agent.yml"] }
func agentConfig<S: Scope>(_ scope: S) -> Tree<S.H> { ["node": "$(NODE_NAME)"] }
func dashboard<S: Scope>(_ scope: S) -> Tree<S.H> { ["title": "Network resilience"] }
