// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.benchmarks;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * A method with {@code @LlmFeature} that does nothing.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class AnnotationBenchmark {

	/**
	 * What makes something of the annotation.
	 */
	@Param({ "BARE", "STARTER" })
	public Variant variant;

	private ConfigurableApplicationContext context;

	private BenchmarkApplication.Annotated annotated;

	@Setup
	public void start() {
		this.context = BenchmarkApplication.startWithoutNetwork(this.variant);
		this.annotated = this.context.getBean(BenchmarkApplication.Annotated.class);
	}

	@TearDown
	public void stop() {
		this.context.close();
	}

	@Benchmark
	public void blocking() {
		this.annotated.run();
	}

	@Benchmark
	public void reactive(Blackhole blackhole) {
		this.annotated.runReactively().subscribe(blackhole::consume);
	}

}
