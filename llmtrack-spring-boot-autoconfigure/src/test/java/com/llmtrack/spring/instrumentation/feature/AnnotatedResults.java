// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmFeature;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Methods with {@link LlmFeature} whose results make the requests.
 */
@Configuration(proxyBeanMethods = false)
@Import({ AnnotatedResults.Reactor.class, AnnotatedResults.Others.class })
class AnnotatedResults {

	static class Reactor {

		@Autowired
		private FeatureQuestions questions;

		@LlmFeature("stage")
		CompletionStage<String> stage() {
			return CompletableFuture.completedFuture(this.questions.ask());
		}

		@LlmFeature("stage-elsewhere")
		CompletionStage<String> stageElsewhere() {
			return CompletableFuture.supplyAsync(LlmContext.current().wrapSupplier(this.questions::ask));
		}

		@LlmFeature("mono")
		Mono<String> mono() {
			return Mono.fromCallable(this.questions::ask);
		}

		@LlmFeature("mono-stream")
		Mono<String> monoOfStream() {
			return this.questions.streamWithMemory().last();
		}

		@LlmFeature("flux")
		Flux<String> flux() {
			return this.questions.stream();
		}

		@LlmFeature("flux-memory")
		Flux<String> fluxWithMemory() {
			return this.questions.streamWithMemory();
		}

		@LlmFeature("flux-advisor")
		Flux<String> fluxWithAdvisor() {
			return this.questions.streamWithAdvisor();
		}

		@LlmFeature("publisher")
		Publisher<String> publisher() {
			return this.questions.streamWithMemory();
		}

		@LlmFeature("flow")
		Flow.Publisher<String> flow() {
			return JdkFlowAdapter.publisherToFlowPublisher(this.questions.streamWithMemory());
		}

		@LlmFeature("object")
		Object object() {
			return this.questions.streamWithMemory();
		}

	}

	static class Others {

		@Autowired
		private FeatureQuestions questions;

		@LlmFeature("single")
		Single<String> single() {
			return Single.fromCallable(this.questions::ask);
		}

		@LlmFeature("single-stream")
		Single<String> singleOfStream() {
			return Single.fromPublisher(this.questions.streamWithMemory().last());
		}

		@LlmFeature("maybe")
		Maybe<String> maybe() {
			return Maybe.fromCallable(this.questions::ask);
		}

		@LlmFeature("flowable")
		Flowable<String> flowable() {
			return Flowable.fromPublisher(this.questions.streamWithMemory());
		}

		@LlmFeature("observable")
		Observable<String> observable() {
			return Observable.fromPublisher(this.questions.streamWithMemory());
		}

		@LlmFeature("completable")
		Completable completable() {
			return Completable.fromCallable(this.questions::ask);
		}

		@LlmFeature("uni")
		Uni<String> uni() {
			return Uni.createFrom().item(this.questions::ask);
		}

		@LlmFeature("multi")
		Multi<String> multi() {
			return Multi.createFrom().publisher(JdkFlowAdapter.publisherToFlowPublisher(this.questions.stream()));
		}

	}

}
