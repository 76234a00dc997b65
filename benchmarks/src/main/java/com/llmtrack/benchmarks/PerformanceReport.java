// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

import org.springframework.boot.SpringBootVersion;

/**
 * Puts the results of a run into a page, between two marks. Arguments: the directory of
 * the results, the page.
 */
public final class PerformanceReport {

	private static final String BEGIN = "<!-- results -->\n";

	private static final String END = "<!-- end of results -->\n";

	private static final List<Variant> STREAMED = List.of(Variant.BARE, Variant.STARTER, Variant.METRICS,
			Variant.TRACING, Variant.METRICS_AND_TRACING, Variant.STARTER_BESIDE_BOTH);

	private static final List<Integer> IN_FLIGHT = List.of(4, 16, 64);

	private final Results results;

	private final List<Integer> inFlight;

	private final StringBuilder text = new StringBuilder();

	private PerformanceReport(Results results, List<Integer> inFlight) {
		this.results = results;
		this.inFlight = inFlight;
	}

	public static void main(String[] args) throws IOException {
		Path page = Path.of(args[1]);
		List<Integer> inFlight = (args.length > 2) ? List.of(Integer.valueOf(args[2])) : IN_FLIGHT;
		String report = new PerformanceReport(new Results(Path.of(args[0])), inFlight).write();
		String before = Files.readString(page);
		int begin = before.indexOf(BEGIN) + BEGIN.length();
		Files.writeString(page, before.substring(0, begin) + "\n" + report + before.substring(before.indexOf(END)));
	}

	private String write() throws IOException {
		line("%s, %s; Spring Boot %s.", LocalDate.now(), this.results.machine(), SpringBootVersion.getVersion());
		goals();
		calls();
		streams();
		annotations();
		deliveries();
		startUps();
		return this.text.toString();
	}

	private void goals() throws IOException {
		heading("Goals");
		line("| | goal | measured | met |");
		line("| --- | --- | --- | --- |");
		callGoals("a call", Variant.STARTER, "≤ 0.2", 0.2);
		callGoals("a call without a feature", Variant.STARTER_WITHOUT_FEATURE, "≤ ⅓", 1 / 3.0);
		callGoals("a call of the application's own model", Variant.STARTER_OWN_MODEL, "≤ ⅓", 1 / 3.0);
		goal("a call, added by ten budgets in memory, ns", "≤ 1,000", addedByBudgets(), 1_000);
		goal("a chunk of a stream, starter ÷ Spring AI's observation, time", "≤ ½",
				ratio("stream.json", "StreamBenchmark.chunk", Variant.STARTER), 0.5);
		for (int number : this.inFlight) {
			goalAtLeast("delivery, starter ÷ plain WebClient loop, %d in flight".formatted(number), "≥ 0.9",
					ofLoop("starter", number), 0.9);
			goalAtLeast("delivery with a spool in a directory, starter ÷ plain WebClient loop, %d in flight"
				.formatted(number), "≥ 0.3", ofLoop("starterWithSpool", number), 0.3);
			goalAtLeast("delivery with a spool in %s, starter ÷ plain WebClient loop, %d in flight"
				.formatted(SpoolDatabase.name(), number), "≥ 0.3", ofLoop("starterWithDatabase", number), 0.3);
		}
		double without = this.results.median("without", "millisToReady");
		double with = this.results.median("with", "millisToReady");
		goal("start-up, with ÷ without", "≤ 1.05", with / without, 1.05);
		goal("third-party jars added", "0", added("jars") - 1, 0);
		goal("threads added before the first event", "0", added("threads"), 0);
		goal("connections before the first event", "0", this.results.connections(), 0);
		goal("heap with 10,000 waiting events, MiB", "≤ 16", mebibytes(this.results.heapOfWaitingEvents()), 16);
	}

	private void goal(String name, String goal, double measured, double limit) {
		goal(name, goal, measured, measured <= limit);
	}

	private void goalAtLeast(String name, String goal, double measured, double limit) {
		goal(name, goal, measured, measured >= limit);
	}

	private void goal(String name, String goal, double measured, boolean met) {
		line("| %s | %s | %s | %s |", name, goal, plain(measured), met ? "yes" : "**no**");
	}

	private void callGoals(String call, Variant variant, String goal, double limit) throws IOException {
		goal(call + ", starter ÷ Spring AI's metrics, time", goal, ratio("call-1.json", "CallBenchmark.model", variant),
				limit);
		goal(call + ", starter ÷ Spring AI's metrics, bytes", goal, addedBytes("CallBenchmark.model", variant), limit);
	}

	private double ratio(String file, String benchmark, Variant variant) throws IOException {
		double bare = this.results.score(file, benchmark, Variant.BARE);
		return (this.results.score(file, benchmark, variant) - bare)
				/ (this.results.score(file, benchmark, Variant.METRICS) - bare);
	}

	private double addedByBudgets() throws IOException {
		return this.results.score("call-1.json", "CallBenchmark.model", Variant.STARTER_WITH_BUDGETS)
				- this.results.score("call-1.json", "CallBenchmark.model", Variant.STARTER);
	}

	private double addedBytes(String benchmark, Variant variant) throws IOException {
		double bare = this.results.bytes("call-1.json", benchmark, Variant.BARE);
		return (this.results.bytes("call-1.json", benchmark, variant) - bare)
				/ (this.results.bytes("call-1.json", benchmark, Variant.METRICS) - bare);
	}

	private double ofLoop(String delivery, int number) throws IOException {
		return this.results.score("delivery.json", "DeliveryBenchmark." + delivery, number)
				/ this.results.score("delivery.json", "DeliveryBenchmark.webClientLoop", number);
	}

	private double added(String property) throws IOException {
		return this.results.median("with", property) - this.results.median("without", property);
	}

	private void calls() throws IOException {
		for (int threads : List.of(1, 4)) {
			if (this.results.exist("call-" + threads + ".json")) {
				calls("A call of a `ChatModel`", "CallBenchmark.model", threads);
				calls("A call by `ChatClient`", "CallBenchmark.chatClient", threads);
			}
		}
	}

	private void calls(String title, String benchmark, int threads) throws IOException {
		heading(title + ", " + threads + ((threads == 1) ? " thread" : " threads"));
		command("CallBenchmark -t " + threads);
		costs("call-" + threads + ".json", benchmark, List.of(Variant.values()));
	}

	private void streams() throws IOException {
		heading("A chunk of a stream of 200");
		command("StreamBenchmark");
		costs("stream.json", "StreamBenchmark.chunk", STREAMED);
	}

	private void annotations() throws IOException {
		for (String kind : List.of("blocking", "reactive")) {
			heading("A method with `@LlmFeature` that does nothing, " + kind);
			command("AnnotationBenchmark");
			costs("annotation.json", "AnnotationBenchmark." + kind, List.of(Variant.BARE, Variant.STARTER));
		}
	}

	private void costs(String file, String benchmark, List<Variant> variants) throws IOException {
		line("| | ns | ± | added ns | bytes | added bytes |");
		line("| --- | ---: | ---: | ---: | ---: | ---: |");
		double bareTime = this.results.score(file, benchmark, Variant.BARE);
		double bareBytes = this.results.bytes(file, benchmark, Variant.BARE);
		for (Variant variant : variants) {
			double time = this.results.score(file, benchmark, variant);
			double bytes = this.results.bytes(file, benchmark, variant);
			line("| %s | %s | %s | %s | %s | %s |", variant.label(), plain(time),
					plain(this.results.error(file, benchmark, variant)), plain(time - bareTime), plain(bytes),
					plain(bytes - bareBytes));
		}
	}

	private void deliveries() throws IOException {
		heading("Delivery, events per second");
		command("DeliveryBenchmark");
		line("Spools are in a directory, or in %s.", SpoolDatabase.name());
		line("");
		line("| in flight | plain loop | starter | with directory | with database "
				+ "| plain loop, JDK | starter, JDK | with directory, JDK | with database, JDK |");
		line("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
		for (int number : this.inFlight) {
			StringBuilder row = new StringBuilder("| " + number + " |");
			for (String file : List.of("delivery.json", "delivery-jdk.json")) {
				for (String method : List.of("webClientLoop", "starter", "starterWithSpool", "starterWithDatabase")) {
					row.append(' ')
						.append(plain(this.results.score(file, "DeliveryBenchmark." + method, number)))
						.append(" |");
				}
			}
			line("%s", row);
		}
		line("");
		line("10,000 waiting events take %s MiB of heap (`WaitingEvents`).",
				plain(mebibytes(this.results.heapOfWaitingEvents())));
	}

	private void startUps() throws IOException {
		heading("Start-up, median of %d starts each, in turn".formatted(this.results.starts("with")));
		line("`StartUps`");
		line("");
		line("| | without | with | added |");
		line("| --- | ---: | ---: | ---: |");
		startUp("JVM's start to ready, ms", "millisToReady", 1);
		startUp("of it pauses of the garbage collector, ms", "collectorMillis", 1);
		startUp("main thread's CPU time, ms", "mainMillis", 1);
		startUp("allocated by the main thread, KiB", "mainBytes", 1024);
		startUp("loaded classes", "classes", 1);
		startUp("threads", "threads", 1);
		startUp("heap after GC, KiB", "heapBytes", 1024);
		startUp("jars", "jars", 1);
		startUp("class path, KiB", "classPathBytes", 1024);
	}

	private void startUp(String name, String property, int unit) throws IOException {
		double without = this.results.median("without", property) / unit;
		double with = this.results.median("with", property) / unit;
		line("| %s | %s | %s | %s |", name, plain(without), plain(with), plain(with - without));
	}

	private void heading(String heading) {
		line("");
		line("### %s", heading);
		line("");
	}

	private void command(String arguments) {
		line("`benchmarks/run %s`", arguments);
		line("");
	}

	private void line(String format, Object... arguments) {
		this.text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
	}

	private static double mebibytes(long bytes) {
		return bytes / (1024.0 * 1024);
	}

	private static String plain(double number) {
		if (Double.isNaN(number)) {
			return "";
		}
		return String.format(Locale.ROOT, (Math.abs(number) >= 100 || number == Math.rint(number)) ? "%,.0f" : "%.2f",
				number);
	}

}
