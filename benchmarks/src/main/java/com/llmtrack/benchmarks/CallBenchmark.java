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
 * A blocking call of a model that answers at once.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallBenchmark {

	private static final int CALLS = 500;

	private static final Prompt PROMPT = new Prompt("A question", ChatOptions.builder().model("instant").build());

	@Benchmark
	@OperationsPerInvocation(CALLS)
	public void model(Application application, Room room, Blackhole blackhole) {
		application.repeat(CALLS, () -> blackhole.consume(application.model().call(PROMPT)));
	}

	@Benchmark
	@OperationsPerInvocation(CALLS)
	public void chatClient(Application application, Room room, Blackhole blackhole) {
		application.repeat(CALLS, () -> blackhole.consume(application.client().prompt(PROMPT).call().chatResponse()));
	}

}
