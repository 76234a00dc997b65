// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import com.llmtrack.spring.LlmTrackConnectionDetails;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.instrumentation.model.InstrumentedModel;
import com.llmtrack.spring.instrumentation.model.InstrumentedModels;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;

/**
 * Says at start what is instrumented and where events go, or why LLMtrack is off. Looks
 * at names of beans, and creates none that is not there yet.
 */
final class StartupReport implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog("com.llmtrack.spring");

	private final LlmTrackProperties properties;

	private final Environment environment;

	private final ListableBeanFactory beanFactory;

	StartupReport(LlmTrackProperties properties, Environment environment, ListableBeanFactory beanFactory) {
		this.properties = properties;
		this.environment = environment;
		this.beanFactory = beanFactory;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (!exists(LlmUsageEventSink.class)) {
			logOff();
			return;
		}
		logger.info(summary());
		if (isDelivered()) {
			warnOfPlainHttp();
		}
		else if (isDeliveryExpected()) {
			logger.error("Events go to the application's own LlmUsageEventSink, but not to LLMtrack, because "
					+ missingForDelivery() + ".");
		}
	}

	private void logOff() {
		if (!this.properties.delivery().enabled()) {
			logger.info("LLMtrack is off, because llmtrack.delivery.enabled is false and the application has no "
					+ "LlmUsageEventSink of its own.");
			return;
		}
		switch (ApiKeyState.in(this.environment)) {
			case USABLE -> logger.warn("LLMtrack is off, because spring-webflux or Jackson is missing from the class "
					+ "path, which llmtrack-spring-boot-starter and Spring AI bring with them.");
			case MISSING -> logger.info("LLMtrack is off, because there is no key. To see what model requests "
					+ "cost, set llmtrack.api-key (or the environment variable LLMTRACK_API_KEY) to an ingestion key "
					+ "from your LLMtrack dashboard; to silence this line, set llmtrack.enabled=false.");
			case OF_A_PROVIDER ->
				logger.error("LLMtrack is off, because llmtrack.api-key looks like the key of a model "
						+ "provider, which must not be given away. Set it to an ingestion key from your LLMtrack "
						+ "dashboard; the provider's key belongs into the provider's own property.");
			case MALFORMED -> logger.error("LLMtrack is off, because llmtrack.api-key has characters that no key has, "
					+ "such as blanks or line breaks. Copy the ingestion key from your LLMtrack dashboard again.");
		}
	}

	private String summary() {
		List<String> off = off();
		return "LLMtrack instruments " + models() + " and sends events to " + String.join(" and to ", destinations())
				+ (off.isEmpty() ? "." : "; off: " + String.join(", ", off) + ".");
	}

	private String models() {
		if (!exists(InstrumentedModels.class)) {
			return "no models (there is no Spring AI)";
		}
		if (!this.properties.instrumentation().enabled()) {
			return "only the models that the application hands over";
		}
		long models = this.beanFactory.getBeanProvider(InstrumentedModels.class)
			.stream()
			.flatMap((instrumentation) -> instrumentation.instrumentedModels().stream())
			.filter(InstrumentedModel::instrumented)
			.count();
		return models + ((models == 1) ? " model bean" : " model beans")
				+ ((models == 0) ? " (those created later count, too)" : "");
	}

	private List<String> destinations() {
		List<String> destinations = new ArrayList<>();
		if (isDelivered()) {
			destinations.add(hasDetails() ? "where its " + LlmTrackConnectionDetails.class.getSimpleName() + " says"
					: this.properties.baseUrl().toString());
		}
		List<String> sinks = new ArrayList<>(names(LlmUsageEventSink.class));
		sinks.removeAll(names(EventDispatcher.class));
		if (!sinks.isEmpty()) {
			destinations.add("the application's own " + LlmUsageEventSink.class.getSimpleName() + " ("
					+ String.join(", ", sinks) + ")");
		}
		return destinations;
	}

	private List<String> off() {
		List<String> off = new ArrayList<>();
		if (!isDelivered()) {
			off.add("delivery to LLMtrack");
		}
		if (!this.properties.instrumentation().enabled()) {
			off.add("llmtrack.instrumentation.enabled");
		}
		if (!this.properties.instrumentation().embeddings()) {
			off.add("embeddings");
		}
		if (!this.properties.event().extendedFields()) {
			off.add("extended fields");
		}
		return off;
	}

	private void warnOfPlainHttp() {
		if (exists(PropertiesLlmTrackConnectionDetails.class) && BaseUrl.exposesKey(this.properties.baseUrl())) {
			logger.warn("llmtrack.base-url is plain http: the LLMtrack key can be read on the way to "
					+ this.properties.baseUrl().getHost() + ". Use https.");
		}
	}

	private boolean isDelivered() {
		return exists(EventDispatcher.class);
	}

	private boolean isDeliveryExpected() {
		return this.properties.delivery().enabled()
				&& (hasDetails() || ApiKeyState.in(this.environment) != ApiKeyState.MISSING);
	}

	private String missingForDelivery() {
		return exists(LlmTrackConnectionDetails.class) ? "spring-webflux or Jackson is missing from the class path"
				: ApiKeyState.PROPERTY + " " + ApiKeyState.in(this.environment);
	}

	/**
	 * Return whether the application has connection details of its own.
	 */
	private boolean hasDetails() {
		return names(LlmTrackConnectionDetails.class).size() > names(PropertiesLlmTrackConnectionDetails.class).size();
	}

	private boolean exists(Class<?> type) {
		return !names(type).isEmpty();
	}

	private List<String> names(Class<?> type) {
		return List.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, type, true, false));
	}

}
