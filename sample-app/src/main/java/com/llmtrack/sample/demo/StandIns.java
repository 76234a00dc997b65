// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample.demo;

import java.util.Map;

import com.llmtrack.spring.test.LlmTrackServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;
import org.springframework.core.env.PropertySource;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Starts both stand-ins on loopback before the application's beans are created, and
 * connects the application to them. Starts none if the profile {@code live} is active,
 * and none for LLMtrack if the command line has its URL
 * ({@code --llmtrack.base-url=...}).
 * <p>
 * The keys are overridden together with the URLs, so that real keys of the environment
 * are not sent to a stand-in.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
public final class StandIns implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final Logger logger = LoggerFactory.getLogger(StandIns.class);

	private static final String OPENAI_KEY = "stand-in-openai-key";

	private static final String LLMTRACK_URL = "llmtrack.base-url";

	private static final String LLMTRACK_KEY = "stand-in-llmtrack-key";

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		if (context.getEnvironment().acceptsProfiles(Profiles.of("live"))) {
			return;
		}
		JsonMapper json = JsonMapper.builder().build();
		standInForOpenAi(context, json);
		if (!isOnCommandLine(context.getEnvironment(), LLMTRACK_URL)) {
			standInForLlmTrack(context);
		}
	}

	private static boolean isOnCommandLine(ConfigurableEnvironment environment, String property) {
		PropertySource<?> arguments = environment.getPropertySources()
			.get(CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME);
		return arguments != null && arguments.containsProperty(property);
	}

	private static void standInForOpenAi(ConfigurableApplicationContext context, JsonMapper json) {
		DisposableServer server = start(new OpenAiStandIn(OPENAI_KEY, json).routes());
		closeLast(context, "openAi", server::disposeNow);
		logger.info("Stand-in for OpenAI: {}", url(server));
		override(context, "stand-in-openai",
				Map.of("spring.ai.openai.base-url", url(server) + "/v1", "spring.ai.openai.api-key", OPENAI_KEY));
	}

	private static void standInForLlmTrack(ConfigurableApplicationContext context) {
		LlmTrackServer server = LlmTrackServer.start(LLMTRACK_KEY);
		server.calculateCosts(PriceList::cost);
		closeLast(context, "llmTrack", server::close);
		logger.info("Stand-in for LLMtrack: {}", server.baseUrl());
		override(context, "stand-in-llmtrack",
				Map.of(LLMTRACK_URL, server.baseUrl(), "llmtrack.api-key", LLMTRACK_KEY));
		context.getBeanFactory().registerSingleton("llmTrackServer", server);
	}

	private static void override(ConfigurableApplicationContext context, String name, Map<String, Object> properties) {
		context.getEnvironment().getPropertySources().addFirst(new MapPropertySource(name, properties));
	}

	private static DisposableServer start(RouterFunction<ServerResponse> routes) {
		// Reactor Netty 1.3.7 may stop reading a connection that it keeps alive, see
		// https://github.com/reactor/reactor-netty/issues/4361
		return HttpServer.create()
			.host("localhost")
			.port(0)
			.maxKeepAliveRequests(1)
			.handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes)))
			.bindNow();
	}

	private static String url(DisposableServer server) {
		return "http://localhost:" + server.port();
	}

	/**
	 * Close a server after all beans are destroyed, so that the last events still arrive.
	 */
	private static void closeLast(ConfigurableApplicationContext context, String name, DisposableBean server) {
		if (context.getBeanFactory() instanceof DefaultListableBeanFactory beanFactory) {
			beanFactory.registerDisposableBean("standIn:" + name, server);
		}
	}

}
