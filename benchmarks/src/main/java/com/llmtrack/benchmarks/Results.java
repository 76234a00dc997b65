// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one run of the benchmarks wrote.
 */
final class Results {

	private static final String BYTES = "gc.alloc.rate.norm";

	private final JsonMapper json = JsonMapper.builder().build();

	private final Path directory;

	Results(Path directory) {
		this.directory = directory;
	}

	/**
	 * Return whether there are any in a file, as a quick run leaves some out.
	 */
	boolean exist(String file) {
		return Files.exists(this.directory.resolve(file));
	}

	/**
	 * Return the score of a benchmark.
	 * @param file file of JMH's results
	 * @param benchmark class and method
	 * @param parameter value of its only parameter
	 */
	double score(String file, String benchmark, Object parameter) throws IOException {
		return result(file, benchmark, parameter).path("primaryMetric").path("score").asDouble();
	}

	/**
	 * Return the half-width of the score's confidence interval, which is none after a
	 * single iteration.
	 */
	double error(String file, String benchmark, Object parameter) throws IOException {
		String error = result(file, benchmark, parameter).path("primaryMetric").path("scoreError").asString("NaN");
		return Double.parseDouble(error);
	}

	/**
	 * Return how many bytes a benchmark allocated for each operation.
	 */
	double bytes(String file, String benchmark, Object parameter) throws IOException {
		return result(file, benchmark, parameter).path("secondaryMetrics").path(BYTES).path("score").asDouble();
	}

	private JsonNode result(String file, String benchmark, Object parameter) throws IOException {
		for (JsonNode result : this.json.readTree(this.directory.resolve(file))) {
			if (result.path("benchmark").asString().endsWith("." + benchmark) && result.path("params")
				.valueStream()
				.anyMatch((value) -> value.asString().equals(parameter.toString()))) {
				return result;
			}
		}
		throw new IllegalStateException("No result of " + benchmark + " for " + parameter + " in " + file);
	}

	/**
	 * Return the machine that the results come from.
	 */
	String machine() throws IOException {
		JsonNode first = this.json.readTree(this.directory.resolve("annotation.json")).path(0);
		return String.format(Locale.ROOT, "JDK %s (%s), %d processors, %s", first.path("jdkVersion").asString(),
				first.path("vmName").asString(), Runtime.getRuntime().availableProcessors(),
				System.getProperty("os.name") + " " + System.getProperty("os.arch"));
	}

	/**
	 * Return what the starts without or with the starter had in common.
	 */
	double median(String variant, String property) throws IOException {
		List<Double> values = values(variant, (start) -> start.path(property).asDouble());
		int middle = values.size() / 2;
		return (values.size() % 2 == 1) ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
	}

	/**
	 * Return the number of starts without or with the starter.
	 */
	int starts(String variant) throws IOException {
		return values(variant, (start) -> 0).size();
	}

	private List<Double> values(String variant, ToDoubleFunction<JsonNode> value) throws IOException {
		List<Double> values = new ArrayList<>();
		for (JsonNode start : starts()) {
			if (start.path("variant").asString("").equals(variant)) {
				values.add(value.applyAsDouble(start));
			}
		}
		values.sort(null);
		return values;
	}

	/**
	 * Return how many connections all starts together opened to LLMtrack.
	 */
	int connections() throws IOException {
		List<JsonNode> starts = starts();
		return starts.get(starts.size() - 1).path("connections").asInt();
	}

	private List<JsonNode> starts() throws IOException {
		return Files.readAllLines(this.directory.resolve("start-ups.jsonl")).stream().map(this.json::readTree).toList();
	}

	/**
	 * Return the heap that waiting events take, in bytes.
	 */
	long heapOfWaitingEvents() throws IOException {
		return Long.parseLong(Files.readString(this.directory.resolve("waiting-events.txt")));
	}

}
