// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonSyntaxException;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1SecretKeySelector;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Resources of Kubernetes, read by its client, which refuses fields that there are not,
 * lacks of required ones, and values of other types.
 */
final class KubernetesManifest {

	private final List<V1Secret> secrets = new ArrayList<>();

	private final List<V1Deployment> deployments = new ArrayList<>();

	private KubernetesManifest() {
	}

	/**
	 * Read a manifest.
	 * @throws IllegalArgumentException if Kubernetes would refuse it
	 */
	static KubernetesManifest of(String yaml) {
		KubernetesManifest manifest = new KubernetesManifest();
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		new Yaml(new SafeConstructor(options)).loadAll(yaml)
			.forEach((resource) -> manifest.add(new Gson().toJsonTree(resource).getAsJsonObject()));
		return manifest;
	}

	private void add(JsonObject resource) {
		String type = resource.get("apiVersion").getAsString() + "/" + resource.get("kind").getAsString();
		try {
			switch (type) {
				case "v1/Secret" -> this.secrets.add(V1Secret.fromJson(resource.toString()));
				case "apps/v1/Deployment" -> this.deployments.add(V1Deployment.fromJson(resource.toString()));
				default -> throw new IllegalArgumentException("Nobody knows how to check " + type);
			}
		}
		catch (IOException | JsonSyntaxException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	V1Deployment deployment() {
		return this.deployments.get(0);
	}

	V1PodSpec pod() {
		return Objects.requireNonNull(deployment().getSpec().getTemplate().getSpec());
	}

	V1Container container() {
		return pod().getContainers().get(0);
	}

	/**
	 * Return the variables whose values the manifest has.
	 */
	Stream<V1EnvVar> variables() {
		return container().getEnv().stream();
	}

	Stream<V1Probe> probes() {
		V1Container container = container();
		return Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe());
	}

	/**
	 * Return the value of a variable.
	 * @throws IllegalArgumentException if it is in a secret that the manifest lacks
	 */
	String value(V1EnvVar variable) {
		if (variable.getValue() != null) {
			return variable.getValue();
		}
		V1SecretKeySelector reference = variable.getValueFrom().getSecretKeyRef();
		return this.secrets.stream()
			.filter((secret) -> reference.getName().equals(secret.getMetadata().getName()))
			.map((secret) -> Map.copyOf(secret.getStringData()).get(reference.getKey()))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No value of " + variable.getName()));
	}

}
