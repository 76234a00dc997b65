// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.util.List;

import com.llmtrack.spring.LlmContext;
import org.junit.jupiter.api.Test;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests results that make requests after the annotated method has returned.
 */
class FeatureResultTests extends AbstractFeatureTests {

	@Autowired
	private AnnotatedResults.Reactor results;

	@Autowired
	private AnnotatedResults.Others others;

	@Test
	void completionStageBelongsToTheFeature() {
		this.results.stage().toCompletableFuture().join();
		this.results.stageElsewhere().toCompletableFuture().join();
		assertFeatures("stage", "stage-elsewhere");
	}

	@Test
	void monoBelongsToTheFeature() {
		assertThat(this.results.mono().block()).isEqualTo("Hello");
		assertThat(this.results.monoOfStream().block()).isNotNull();
		assertFeatures("mono", "mono-stream");
	}

	@Test
	void fluxBelongsToTheFeature() {
		assertThat(this.results.flux().collectList().block()).contains("Hello");
		assertThat(this.results.fluxWithMemory().collectList().block()).contains("Hello");
		assertThat(this.results.fluxWithAdvisor().collectList().block()).contains("Hello");
		assertFeatures("flux", "flux-memory", "flux-advisor");
	}

	@Test
	void fluxBelongsToTheFeatureWhoeverSubscribes() {
		LlmContext.feature("subscriber").run(() -> this.results.fluxWithMemory().blockLast());
		this.results.fluxWithMemory().subscribeOn(Schedulers.parallel()).blockLast();
		this.results.fluxWithMemory().contextWrite(LlmContext.feature("subscriber")::writeTo).blockLast();
		assertFeatures("flux-memory", "flux-memory", "flux-memory");
	}

	@Test
	void publisherBelongsToTheFeature() {
		Flux.from(this.results.publisher()).blockLast();
		JdkFlowAdapter.flowPublisherToFlux(this.results.flow()).blockLast();
		((Flux<?>) this.results.object()).blockLast();
		assertFeatures("publisher", "flow", "object");
	}

	@Test
	void typesOfRxJavaBelongToTheFeature() {
		assertThat(this.others.single().blockingGet()).isEqualTo("Hello");
		assertThat(this.others.singleOfStream().blockingGet()).isNotNull();
		assertThat(this.others.maybe().blockingGet()).isEqualTo("Hello");
		assertThat(this.others.flowable().blockingIterable()).contains("Hello");
		assertThat(this.others.observable().blockingIterable()).contains("Hello");
		this.others.completable().blockingAwait();
		assertFeatures("single", "single-stream", "maybe", "flowable", "observable", "completable");
	}

	@Test
	void typesOfMutinyBelongToTheFeature() {
		assertThat(this.others.uni().await().indefinitely()).isEqualTo("Hello");
		assertThat(this.others.multi().collect().asList().await().indefinitely()).contains("Hello");
		assertFeatures("uni", "multi");
	}

	@Test
	void resultOfNoFeatureHasNone() {
		for (Flux<String> stream : List.of(this.questions.stream(), this.questions.streamWithMemory(),
				this.questions.streamWithAdvisor())) {
			stream.blockLast();
		}
		assertFeatures(NONE, NONE, NONE);
	}

}
