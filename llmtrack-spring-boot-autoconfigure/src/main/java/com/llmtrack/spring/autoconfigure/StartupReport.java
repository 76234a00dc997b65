// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmTrackConnectionDetails;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.budget.Budgets;
import com.llmtrack.spring.instrumentation.model.InstrumentedModel;
import com.llmtrack.spring.instrumentation.model.InstrumentedModels;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Says at start what is instrumented and where events go, or why LLMtrack is off. Looks
 * at names of beans, and creates none that is not there yet.
 */
final class StartupReport implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog("com.llmtrack.spring");

	private static final int MAX_NAMES = 4;

	private final Activation activation;

	private final LlmTrackProperties properties;

	private final Budgets budgets;

	private final ConfigurableListableBeanFactory beanFactory;

	StartupReport(Activation activation, LlmTrackProperties properties, Budgets budgets,
			ConfigurableListableBeanFactory beanFactory) {
		this.activation = activation;
		this.properties = properties;
		this.budgets = budgets;
		this.beanFactory = beanFactory;
	}

	@Override
	public void afterSingletonsInstantiated() {
		Obstacle obstacle = this.activation.obstacle();
		if (!this.activation.isRecording()) {
			logOff(Objects.requireNonNull(obstacle));
			return;
		}
		logger.info(summary());
		logUnsupportedModels();
		if (obstacle == null) {
			warnOfPlainHttp();
		}
		else if (this.activation.isMistaken()) {
			logger.error("Events go to "
					+ (ownSinks().isEmpty() ? "the application's budgets"
							: "the application's own " + LlmUsageEventSink.class.getSimpleName())
					+ ", but not to LLMtrack, because " + obstacle.reason() + ".");
		}
	}

	private static void logOff(Obstacle obstacle) {
		String line = ("LLMtrack is off, because " + obstacle.reason() + ". " + obstacle.remedy()).strip();
		switch (obstacle.severity()) {
			case NONE -> logger.debug(line);
			case INFO -> logger.info(line);
			case WARN -> logger.warn(line);
			case ERROR -> logger.error(line);
		}
	}

	private String summary() {
		List<String> off = off();
		List<String> destinations = destinations();
		return "LLMtrack instruments " + models()
				+ (destinations.isEmpty() ? "" : " and sends events to " + String.join(" and to ", destinations))
				+ spool() + budgets() + (off.isEmpty() ? "." : "; off: " + String.join(", ", off) + ".");
	}

	private String models() {
		if (!exists(InstrumentedModels.class)) {
			return "no models (there is no Spring AI)";
		}
		if (!this.properties.instrumentation().enabled()) {
			return "only the models that the application hands over";
		}
		long models = instrumentations().flatMap((instrumentation) -> instrumentation.instrumentedModels().stream())
			.filter(InstrumentedModel::instrumented)
			.count();
		return models + ((models == 1) ? " model bean" : " model beans")
				+ ((models == 0) ? " (those created later count, too)" : "");
	}

	private void logUnsupportedModels() {
		List<String> models = instrumentations()
			.flatMap((instrumentation) -> instrumentation.unsupportedModels().stream())
			.toList();
		if (!models.isEmpty()) {
			String names = models.stream()
				.limit(MAX_NAMES)
				.map((name) -> "'" + name + "'")
				.collect(Collectors.joining(", "));
			int others = models.size() - MAX_NAMES;
			logger.info("No instrumentation for " + names + ((others > 0) ? " and " + others + " more" : "")
					+ ": only chat and embedding models are instrumented. Record such requests with LlmUsageRecorder.");
		}
	}

	private Stream<InstrumentedModels> instrumentations() {
		return this.beanFactory.getBeanProvider(InstrumentedModels.class).stream();
	}

	private List<String> destinations() {
		List<String> destinations = new ArrayList<>();
		if (this.activation.isDelivering()) {
			destinations.add(Activation.hasDetails(this.beanFactory)
					? "where its " + LlmTrackConnectionDetails.class.getSimpleName() + " says"
					: this.properties.baseUrl().toString());
		}
		List<String> sinks = ownSinks();
		if (!sinks.isEmpty()) {
			destinations.add("the application's own " + LlmUsageEventSink.class.getSimpleName() + " ("
					+ String.join(", ", sinks) + ")");
		}
		return destinations;
	}

	private List<String> ownSinks() {
		List<String> sinks = new ArrayList<>(names(LlmUsageEventSink.class));
		sinks.remove(Activation.DISPATCHER_BEAN);
		return sinks;
	}

	private String budgets() {
		List<String> names = this.budgets.status().stream().map((budget) -> budget.settings().name()).toList();
		if (names.isEmpty()) {
			return "";
		}
		int others = names.size() - MAX_NAMES;
		return "; budgets: " + names.stream().limit(MAX_NAMES).collect(Collectors.joining(", "))
				+ ((others > 0) ? " and " + others + " more" : "");
	}

	private String spool() {
		String spool = this.activation.isDelivering()
				? this.properties.spool().description(this.beanFactory.getBeanClassLoader()) : null;
		return (spool != null) ? "; spool: " + spool : "";
	}

	private List<String> off() {
		List<String> off = new ArrayList<>();
		if (!this.activation.isDelivering()) {
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
		if (!Activation.hasDetails(this.beanFactory) && BaseUrl.exposesKey(this.properties.baseUrl())) {
			logger.warn("llmtrack.base-url is plain http: the LLMtrack key can be read on the way to "
					+ this.properties.baseUrl().getHost() + ". Use https.");
		}
	}

	private boolean exists(Class<?> type) {
		return !names(type).isEmpty();
	}

	private List<String> names(Class<?> type) {
		return List.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, type, true, false));
	}

}
