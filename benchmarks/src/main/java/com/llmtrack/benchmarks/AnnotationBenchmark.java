/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
