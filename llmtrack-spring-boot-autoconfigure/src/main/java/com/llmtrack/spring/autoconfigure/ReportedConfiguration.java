// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import com.llmtrack.spring.LlmTrackConnectionDetails;
import com.llmtrack.spring.LlmTrackVersion;
import org.jspecify.annotations.Nullable;

/**
 * The configuration in force as the endpoint shows it: no key but its end, by which
 * people tell their keys apart, and no password.
 */
final class ReportedConfiguration {

	private static final int SHOWN_OF_KEY = 4;

	private static final int SHORT_KEY = 16;

	private final Map<String, Object> values = new LinkedHashMap<>();

	private ReportedConfiguration() {
	}

	static Map<String, Object> of(LlmTrackProperties properties, LlmTrackConnectionDetails connection) {
		ReportedConfiguration configuration = new ReportedConfiguration();
		configuration.addGeneral(properties, connection);
		configuration.addDelivery(properties);
		return configuration.values;
	}

	private void addGeneral(LlmTrackProperties properties, LlmTrackConnectionDetails connection) {
		add("version", LlmTrackVersion.get());
		add("base-url", connection.getBaseUrl());
		add("api-key", hint(connection.getApiKey()));
		add("auth-scheme", constant(properties.getAuthScheme()));
		add("environment", properties.getEnvironment());
		add("default-feature", properties.getDefaultFeature());
		add("event.extended-fields", properties.getEvent().isExtendedFields());
		add("event.model-name", constant(properties.getEvent().getModelName()));
		InstrumentationProperties instrumentation = properties.getInstrumentation();
		add("instrumentation.enabled", instrumentation.isEnabled());
		add("instrumentation.embeddings", instrumentation.isEmbeddings());
		add("instrumentation.final-models", constant(instrumentation.getFinalModels()));
	}

	private void addDelivery(LlmTrackProperties properties) {
		DeliveryProperties delivery = properties.getDelivery();
		add("delivery.queue-capacity", delivery.getQueueCapacity());
		add("delivery.max-in-flight", delivery.getMaxInFlight());
		add("delivery.connect-timeout", delivery.getConnectTimeout());
		add("delivery.request-timeout", delivery.getRequestTimeout());
		add("delivery.shutdown-timeout", delivery.getShutdownTimeout());
		SpoolProperties spool = properties.getSpool();
		if (spool.getDirectory() != null) {
			add("spool.directory", spool.getDirectory());
			add("spool.max-events", spool.getMaxEvents());
			add("spool.max-size", spool.getMaxSize());
		}
		add("proxy.host", properties.getProxy().getHost());
		add("proxy.port", properties.getProxy().getPort());
		add("ssl.bundle", properties.getSsl().getBundle());
		add("metrics.max-features", properties.getMetrics().getMaxFeatures());
		add("health.problem-status", properties.getHealth().getProblemStatus());
	}

	private void add(String name, @Nullable Object value) {
		if (value != null) {
			this.values.put(name, (value instanceof Number || value instanceof Boolean) ? value : value.toString());
		}
	}

	private static String constant(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Return the end of the key. Of a short one, that would be too much.
	 */
	private static String hint(@Nullable String apiKey) {
		String key = (apiKey != null) ? apiKey.strip() : "";
		return (key.length() >= SHORT_KEY) ? "\u2026" + key.substring(key.length() - SHOWN_OF_KEY) : "\u2026";
	}

}
