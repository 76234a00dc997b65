// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.regex.Pattern;

import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Converts an HTTP response to the result for an event. Only a JSON body with
 * {@code "ok": true} counts as accepted, since proxies and captive portals respond with
 * 200, too.
 */
final class ResponseReader {

	private static final int MAX_PROBLEM_LENGTH = 200;

	private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

	private static final Pattern UNPRINTABLE = Pattern.compile("(?U)[\\s\\p{Cntrl}\\p{Cf}\\p{Cs}]+");

	private final Json json;

	private final InstantSource clock;

	private final String secret;

	/**
	 * Create a reader.
	 * @param json reads the bodies
	 * @param clock tells the time to compare dates with
	 * @param secret the key, which a response may quote and a problem must not
	 */
	ResponseReader(Json json, InstantSource clock, String secret) {
		this.json = json;
		this.clock = clock;
		this.secret = secret;
	}

	DeliveryResult read(int status, @Nullable String retryAfter, byte[] body) {
		Map<?, ?> content = parse(body);
		String problem = problem(status, content);
		return switch (status) {
			case 400, 401, 402, 403, 413, 422 ->
				isMarkup(body) ? new DeliveryResult.Misdirected(problem) : refusal(status, problem);
			case 408, 429 -> new DeliveryResult.Unavailable(problem, delay(retryAfter));
			default -> {
				if (status >= 500) {
					yield new DeliveryResult.Unavailable(problem, delay(retryAfter));
				}
				boolean accepted = status >= 200 && status < 300 && isTrue(content.get("ok"));
				yield accepted ? acceptance(content) : new DeliveryResult.Misdirected(problem);
			}
		};
	}

	private static DeliveryResult refusal(int status, String problem) {
		return switch (status) {
			case 401, 403 -> new DeliveryResult.KeyRefused(problem);
			case 402 -> new DeliveryResult.PlanExhausted(problem);
			default -> new DeliveryResult.Rejected(problem);
		};
	}

	private static boolean isTrue(@Nullable Object value) {
		return Boolean.TRUE.equals(value);
	}

	private DeliveryResult acceptance(Map<?, ?> content) {
		return new DeliveryResult.Accepted(isTrue(content.get("duplicate")),
				(content.get("cost") instanceof Number cost) ? new BigDecimal(cost.toString()) : null,
				"unknown_model".equals(content.get("pricing_status")), hidden(content));
	}

	/**
	 * Return why LLMtrack hides an event, in its own words, which it does not document.
	 */
	private @Nullable String hidden(Map<?, ?> content) {
		if (!Boolean.FALSE.equals(content.get("dashboard_visible"))) {
			return null;
		}
		StringJoiner reason = new StringJoiner(", ");
		for (String name : new String[] { "visibility_reason", "visibility_context" }) {
			Object value = content.get(name);
			if (value != null) {
				reason.add(name + ": " + printable((value instanceof String text) ? text
						: new String(this.json.write(value), StandardCharsets.UTF_8)));
			}
		}
		return (reason.length() > 0) ? reason.toString() : "no reason given";
	}

	private Map<?, ?> parse(byte[] body) {
		try {
			return Objects.requireNonNullElse(this.json.read(body, Map.class), Map.of());
		}
		catch (IllegalArgumentException ex) {
			return Map.of();
		}
	}

	/**
	 * Return whether the response is that of a proxy or web server.
	 */
	private static boolean isMarkup(byte[] body) {
		for (byte character : body) {
			if (character > ' ') {
				return character == '<';
			}
		}
		return false;
	}

	private String problem(int status, Map<?, ?> content) {
		StringBuilder problem = new StringBuilder("HTTP " + status);
		for (String name : new String[] { "error", "code", "field" }) {
			String value = text(content.get(name));
			if (!value.isBlank()) {
				problem.append(", ").append(name).append(": ").append(printable(value));
			}
		}
		return problem.toString();
	}

	private static String text(@Nullable Object value) {
		return (value == null || value instanceof Map || value instanceof Collection) ? "" : value.toString();
	}

	private String printable(String value) {
		String printable = UNPRINTABLE.matcher(value).replaceAll(" ").replace(this.secret, "(key)").strip();
		return (printable.length() <= MAX_PROBLEM_LENGTH) ? printable
				: printable.substring(0, MAX_PROBLEM_LENGTH) + "…";
	}

	/**
	 * Read a {@code Retry-After} header, which is a number of seconds or a date.
	 * @return the time to wait, or {@code null} if the header is invalid
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110,
	 * 10.2.3</a>
	 */
	private @Nullable Duration delay(@Nullable String retryAfter) {
		if (retryAfter == null) {
			return null;
		}
		if (retryAfter.strip().matches("\\d{10,}")) {
			return FOREVER;
		}
		try {
			Duration delay = retryAfter.strip().matches("\\d+") ? Duration.ofSeconds(Long.parseLong(retryAfter.strip()))
					: Duration.between(this.clock.instant(), date(retryAfter));
			return (delay.isNegative() || delay.isZero()) ? null : delay;
		}
		catch (DateTimeException | ArithmeticException ex) {
			return null;
		}
	}

	private static Instant date(String value) {
		return ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
	}

}
