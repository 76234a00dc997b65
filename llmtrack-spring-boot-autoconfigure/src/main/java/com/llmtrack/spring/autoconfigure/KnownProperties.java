// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Our properties, as the fields that they are bound to have them.
 */
final class KnownProperties {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("llmtrack");

	private KnownProperties() {
	}

	/**
	 * Return whether a name is under ours and there is no property by it.
	 */
	static boolean lack(ConfigurationPropertyName name) {
		return PREFIX.isAncestorOf(name) && !contain(LlmTrackProperties.class, name, 1);
	}

	/**
	 * Return whether there is a property, or an element of one, by a name in whatever
	 * form. Puts no names together, as there is seldom a wrong one to compare all with.
	 * @param index of the element of the name that is to be one of the type's properties
	 */
	private static boolean contain(Class<?> type, ConfigurationPropertyName name, int index) {
		int next = index + 1;
		for (Field property : properties(type)) {
			if (!name.getElement(index, Form.UNIFORM).equals(property.getName().toLowerCase(Locale.ROOT))) {
				continue;
			}
			if (isOfProperties(property.getType())) {
				return name.getNumberOfElements() > next && contain(property.getType(), name, next);
			}
			return name.getNumberOfElements() == next || hasElement(property.getGenericType(), name.subName(next));
		}
		return false;
	}

	private static List<Field> properties(Class<?> type) {
		List<Field> properties = new ArrayList<>();
		for (Field field : type.getDeclaredFields()) {
			if (!Modifier.isStatic(field.getModifiers())) {
				properties.add(field);
			}
		}
		return properties;
	}

	private static boolean isOfProperties(Class<?> type) {
		return type.getSimpleName().endsWith("Properties");
	}

	private static boolean hasElement(Type type, ConfigurationPropertyName name) {
		if (!(type instanceof ParameterizedType container)) {
			return false;
		}
		if (container.getRawType() == List.class) {
			return name.isLastElementIndexed() && name.getNumberOfElements() == 1;
		}
		Class<?> valueType = (Class<?>) container.getActualTypeArguments()[1];
		return !isOfProperties(valueType) || (name.getNumberOfElements() == 2 && contain(valueType, name, 1));
	}

	/**
	 * Return the name that a wrong one was most likely meant to be.
	 */
	static String nearest(String wrong) {
		return names(PREFIX, LlmTrackProperties.class)
			.min(Comparator.comparing((String name) -> !name.startsWith(wrong))
				.thenComparingInt((name) -> distance(name, wrong)))
			.orElseThrow();
	}

	private static Stream<String> names(ConfigurationPropertyName prefix, Class<?> type) {
		return properties(type).stream().flatMap((property) -> {
			ConfigurationPropertyName name = prefix.append(DataObjectPropertyName.toDashedForm(property.getName()));
			return isOfProperties(property.getType()) ? names(name, property.getType()) : Stream.of(name.toString());
		});
	}

	/**
	 * Return how many characters have to be inserted, left out or replaced to get from
	 * one name to another (the Levenshtein distance).
	 */
	static int distance(String from, String to) {
		int[] row = new int[to.length() + 1];
		for (int j = 0; j <= to.length(); j++) {
			row[j] = j;
		}
		for (int i = 1; i <= from.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int replaced = diagonal + ((from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
			}
		}
		return row[to.length()];
	}

}
