// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.application;

import java.util.List;
import java.util.function.BiConsumer;

import javax.sql.DataSource;

import com.llmtrack.spring.autoconfigure.LlmTrackAutoConfiguration;
import com.llmtrack.spring.autoconfigure.LlmTrackInstrumentationAutoConfiguration;
import com.llmtrack.spring.delivery.EventDispatcher;
import org.h2.jdbcx.JdbcDataSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.Assert;

/**
 * An application that starts, makes one request and ends. Loaded by a class loader of its
 * own, so other classes use it through the interface that it implements.
 */
public final class RestartedApplication implements BiConsumer<String[], Runnable> {

	/**
	 * Run the application.
	 * @param args its arguments
	 * @param beforeRequest called when it has started
	 */
	@Override
	public void accept(String[] args, Runnable beforeRequest) {
		EventDispatcher dispatcher;
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.run(args)) {
			dispatcher = context.getBean(EventDispatcher.class);
			beforeRequest.run();
			context.getBean(ChatModel.class).call("Hi");
		}
		Assert.state(dispatcher.getStatistics().getDelivered() == 1, "Not delivered");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ChatClientAutoConfiguration.class, LlmTrackAutoConfiguration.class,
			LlmTrackInstrumentationAutoConfiguration.class })
	static class Application {

		@Bean
		GreetingModel model() {
			return new GreetingModel();
		}

		@Bean
		DataSource dataSource() {
			JdbcDataSource dataSource = new JdbcDataSource();
			dataSource.setUrl("jdbc:h2:mem:restarts;DB_CLOSE_DELAY=-1");
			return dataSource;
		}

	}

	/**
	 * A model that needs no service.
	 */
	static class GreetingModel implements ChatModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			return new ChatResponse(List.of(new Generation(new AssistantMessage("Hello"))));
		}

	}

}
