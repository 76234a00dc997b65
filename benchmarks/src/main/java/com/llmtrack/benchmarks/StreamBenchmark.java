// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.benchmarks;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.infra.Blackhole;

import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * A chunk of a stream of 200, its share of the beginning and the end included.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StreamBenchmark {

	private static final int STREAMS = 20;

	private static final Prompt PROMPT = new Prompt("A question", ChatOptions.builder().model("instant").build());

	@Benchmark
	@OperationsPerInvocation(STREAMS * InstantChatModel.CHUNKS)
	public void chunk(Application application, Room room, Blackhole blackhole) {
		application.repeat(STREAMS, () -> application.model().stream(PROMPT).doOnNext(blackhole::consume).blockLast());
	}

}
