// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.llmtrack.spring.autoconfigure.LlmTrackAutoConfiguration;
import io.kubernetes.client.openapi.models.V1EnvVar;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Checks that Kubernetes accepts the manifest in the documentation, and that it fits to
 * the application.
 */
@Tag("project")
class DocumentedManifestTests {

	/** What an instance takes to end its last use of the database. */
	private static final Duration DATABASE = Duration.ofSeconds(5);

	private static final CodeBlock BLOCK = Page.blocks("yaml")
		.stream()
		.filter(CodeBlock::isManifest)
		.findFirst()
		.orElseThrow();

	private final KubernetesManifest manifest = KubernetesManifest.of(BLOCK.code());

	@Test
	void thereAreThreeInstancesThatTheSelectorMatches() {
		assertThat(this.manifest.deployment().getSpec().getReplicas()).isEqualTo(3);
		assertThat(this.manifest.deployment().getSpec().getTemplate().getMetadata().getLabels())
			.containsAllEntriesOf(this.manifest.deployment().getSpec().getSelector().getMatchLabels());
	}

	@Test
	void variablesAreThoseOfProperties() {
		assertThat(this.manifest.variables()).extracting(V1EnvVar::getName)
			.contains("LLMTRACK_API_KEY", "LLMTRACK_SPOOL_JDBC")
			.allMatch(PropertyMetadata::isSetBy);
	}

	@Test
	void valuesAreAccepted() {
		Map<String, Object> variables = this.manifest.variables()
			.collect(Collectors.toMap(V1EnvVar::getName, this.manifest::value));
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(LlmTrackAutoConfiguration.class))
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource(
						"manifest-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables)))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getEnvironment().getProperty("llmtrack.api-key")).isEqualTo("your-ingestion-key");
				assertThat(context.getEnvironment().getProperty("llmtrack.spool.jdbc")).isEqualTo("true");
			});
	}

	@Test
	void probesAskGroupsAtThePortOfTheContainer() {
		String port = this.manifest.container().getPorts().get(0).getName();
		assertThat(this.manifest.probes()).hasSize(3).allSatisfy((probe) -> {
			assertThat(probe.getHttpGet().getPort().getStrValue()).isEqualTo(port);
			assertThat(probe.getHttpGet().getPath()).matches("/actuator/health/(liveness|readiness)");
		});
	}

	@Test
	void podMayTakeAsLongAsItsShutdown() {
		Duration hook = Duration
			.ofSeconds(this.manifest.container().getLifecycle().getPreStop().getSleep().getSeconds());
		Duration shutdown = hook.plus(PropertyMetadata.durationOf("spring.lifecycle.timeout-per-shutdown-phase"))
			.plus(PropertyMetadata.durationOf("llmtrack.delivery.shutdown-timeout"))
			.plus(DATABASE);
		assertThat(Duration.ofSeconds(this.manifest.pod().getTerminationGracePeriodSeconds())).isGreaterThan(shutdown);
	}

	@ParameterizedTest
	@ValueSource(strings = { "replicas: 3|replica: 3", "replicas: 3|replicas: three", "image: |picture: ",
			"port: http|port: {}", "containerPort: 8080|protocol: TCP", "kind: Deployment|kind: Service",
			"selector:|select:", "containerPort: 8080|containerPort: http", "containers:|containers: []\n      others:",
			"replicas: 3|replicas: 3\n  replicas: 4" })
	void brokenManifestIsNoticed(String change) {
		String[] parts = change.split("\\|");
		String broken = BLOCK.code().replace(parts[0], parts[1]);
		assertThat(broken).isNotEqualTo(BLOCK.code());
		assertThatException().isThrownBy(() -> KubernetesManifest.of(broken));
	}

	@Test
	void secretThatIsMissingIsNoticed() {
		KubernetesManifest broken = KubernetesManifest.of(BLOCK.code().replace("api-key: your", "key: your"));
		List<V1EnvVar> variables = broken.variables().toList();
		assertThatIllegalArgumentException().isThrownBy(() -> variables.forEach(broken::value))
			.withMessageContaining("LLMTRACK_API_KEY");
	}

}
