// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmFeature;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpEntity;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * What a method may return to Spring MVC, beside the plain cases of
 * {@link AnnotatedControllers}.
 */
@Configuration(proxyBeanMethods = false)
@Import({ AnnotatedReturnValues.Values.class, AnnotatedReturnValues.Handler.class })
class AnnotatedReturnValues {

	@Bean
	RouterFunction<ServerResponse> functionalEndpoints(Handler handler) {
		return RouterFunctions.route()
			.GET("/functional/value", handler::value)
			.GET("/functional/async", handler::async)
			.GET("/functional/stream", handler::stream)
			.GET("/functional/sse", handler::sse)
			.GET("/functional/failing", handler::failing)
			.onError(IllegalStateException.class, (ex, request) -> ServerResponse.ok().body("handled"))
			.build();
	}

	/**
	 * A stream that another thread assembles and subscribes to.
	 */
	static Flux<String> elsewhere(FeatureQuestions questions) {
		return Flux.defer(questions::streamWithAdvisor).subscribeOn(Schedulers.boundedElastic());
	}

	@LlmFeature("value")
	@RestController
	static class Values {

		@Autowired
		private FeatureQuestions questions;

		@GetMapping("/values/http-entity")
		HttpEntity<String> httpEntity() {
			return new HttpEntity<>(this.questions.ask());
		}

		@GetMapping("/values/unknown-body")
		ResponseEntity<?> entityOfUnknown() {
			return ResponseEntity.ok().header("x-shop", "1").body(elsewhere(this.questions).last());
		}

		@GetMapping("/values/entity")
		ResponseEntity<String> entity() {
			return ResponseEntity.ok(this.questions.ask());
		}

		@GetMapping(path = "/values/mono-of-entity")
		Mono<ResponseEntity<String>> monoOfEntity() {
			return elsewhere(this.questions).last().map(ResponseEntity::ok);
		}

		@GetMapping(path = "/values/callable-of-entity", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Callable<ResponseEntity<Flux<String>>> callableOfEntity() {
			return () -> ResponseEntity.ok(elsewhere(this.questions));
		}

		@GetMapping("/values/task")
		WebAsyncTask<String> task() {
			return new WebAsyncTask<>(this.questions::ask);
		}

		@GetMapping("/values/wrapped-task")
		WebAsyncTask<String> wrappedTask() {
			return new WebAsyncTask<>(LlmContext.current().wrap((Callable<String>) this.questions::ask));
		}

		@GetMapping("/values/deferred-result")
		DeferredResult<String> deferredResult() {
			DeferredResult<String> result = new DeferredResult<>();
			this.questions.streamWithAdvisor().last().subscribe(result::setResult, result::setErrorResult);
			return result;
		}

		@GetMapping("/values/future")
		CompletableFuture<String> future() {
			return CompletableFuture.supplyAsync(LlmContext.current().wrapSupplier(this.questions::ask));
		}

		@GetMapping("/values/stage")
		CompletionStage<String> stage() {
			return this.questions.streamWithAdvisor().last().toFuture();
		}

		@GetMapping("/values/emitter")
		ResponseBodyEmitter emitter() {
			ResponseBodyEmitter emitter = new ResponseBodyEmitter();
			new Thread(LlmContext.current().wrap(() -> send(emitter))).start();
			return emitter;
		}

		@GetMapping("/values/streaming-body")
		ResponseEntity<StreamingResponseBody> streamingBody() {
			return ResponseEntity.ok((out) -> out.write(this.questions.ask().getBytes(StandardCharsets.UTF_8)));
		}

		private void send(ResponseBodyEmitter emitter) {
			try {
				emitter.send(this.questions.ask());
				emitter.complete();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	@LlmFeature("handler")
	static class Handler {

		@Autowired
		private FeatureQuestions questions;

		ServerResponse value(ServerRequest request) {
			return ServerResponse.ok().body(this.questions.ask());
		}

		ServerResponse async(ServerRequest request) {
			return ServerResponse.async(this.questions.streamWithAdvisor()
				.last()
				.flatMap((text) -> Mono.just(ServerResponse.ok().body(text))));
		}

		ServerResponse stream(ServerRequest request) {
			return ServerResponse.ok().body(LlmContext.current().wrap(elsewhere(this.questions).last()));
		}

		ServerResponse sse(ServerRequest request) {
			Flux<String> stream = LlmContext.current().wrap(elsewhere(this.questions));
			return ServerResponse.sse((sse) -> stream.subscribe((text) -> {
			}, sse::error, sse::complete));
		}

		/** Fails while its body is written. */
		ServerResponse failing(ServerRequest request) {
			return ServerResponse.ok().body(CompletableFuture.failedFuture(new IllegalStateException("failed")));
		}

	}

}
