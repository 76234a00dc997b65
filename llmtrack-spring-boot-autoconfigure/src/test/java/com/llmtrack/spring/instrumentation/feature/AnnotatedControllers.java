// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmFeature;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * Controllers of Spring MVC with {@link LlmFeature}.
 */
@Configuration(proxyBeanMethods = false)
@Import({ AnnotatedControllers.Plain.class, AnnotatedControllers.Rest.class })
class AnnotatedControllers {

	@Controller
	static class Plain {

		@Autowired
		private FeatureQuestions questions;

		@GetMapping("/plain")
		@LlmFeature("controller")
		@ResponseBody
		String plain() {
			return this.questions.ask();
		}

		@GetMapping("/without-feature")
		@ResponseBody
		Callable<String> withoutFeature() {
			String onRequestThread = LlmContext.current().feature();
			return () -> onRequestThread + " " + LlmContext.current().feature();
		}

	}

	@LlmFeature("rest")
	@RestController
	static class Rest {

		@Autowired
		private FeatureQuestions questions;

		@GetMapping("/current")
		Callable<String> current() {
			return () -> LlmContext.current().feature();
		}

		@GetMapping("/rest")
		String rest() {
			return this.questions.ask();
		}

		@GetMapping("/failing")
		String failing() {
			this.questions.ask();
			throw new IllegalStateException("failed");
		}

		@GetMapping("/callable")
		Callable<String> callable() {
			return this.questions::ask;
		}

		@GetMapping("/body")
		StreamingResponseBody body() {
			return (out) -> out.write(this.questions.ask().getBytes(StandardCharsets.UTF_8));
		}

		@GetMapping("/mono")
		Mono<String> mono() {
			return this.questions.streamWithMemory().last();
		}

		@GetMapping(path = "/flux", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<String> flux() {
			return this.questions.streamWithMemory();
		}

		@GetMapping(path = "/entity", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		ResponseEntity<Flux<String>> entity() {
			return ResponseEntity.ok(this.questions.streamWithMemory());
		}

		@GetMapping("/entity-body")
		ResponseEntity<StreamingResponseBody> entityBody() {
			return ResponseEntity.ok((out) -> out.write(this.questions.ask().getBytes(StandardCharsets.UTF_8)));
		}

		@GetMapping("/emitter")
		SseEmitter emitter() {
			SseEmitter emitter = new SseEmitter();
			this.questions.streamWithMemory()
				.subscribe((item) -> send(emitter, item), emitter::completeWithError, emitter::complete);
			return emitter;
		}

		private static void send(SseEmitter emitter, String item) {
			try {
				emitter.send(item);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
