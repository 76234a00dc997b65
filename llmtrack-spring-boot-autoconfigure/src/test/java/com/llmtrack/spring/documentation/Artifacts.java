// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Artifacts that the documentation names as dependencies. Those of this project must be
 * published with the version that is named; others must be dependencies of this project.
 */
final class Artifacts {

	private static final String GROUP = "com.llmtrack";

	private Artifacts() {
	}

	/**
	 * Return what is wrong with a part of a POM.
	 */
	static List<String> problems(String xml) {
		try {
			return dependencies("<part>" + xml + "</part>").stream()
				.filter((dependency) -> !exists(text(dependency, "groupId"), text(dependency, "artifactId"),
						text(dependency, "version")))
				.map((dependency) -> "There is no " + text(dependency, "groupId") + ":"
						+ text(dependency, "artifactId"))
				.toList();
		}
		catch (SAXException ex) {
			return List.of(String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Return which modules of the project another one depends on, beside its tests.
	 */
	static Stream<String> ownDependencies(String module) {
		try {
			return dependencies(Project.text(Project.ROOT.resolve(module).resolve("pom.xml"))).stream()
				.filter((dependency) -> text(dependency, "groupId").equals(GROUP)
						&& !text(dependency, "scope").equals("test"))
				.map((dependency) -> text(dependency, "artifactId"));
		}
		catch (SAXException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return the artifacts whose versions a module manages.
	 */
	static List<String> managedBy(String module) {
		try {
			return dependencies(Project.text(Project.ROOT.resolve(module).resolve("pom.xml"))).stream()
				.map((dependency) -> text(dependency, "artifactId"))
				.toList();
		}
		catch (SAXException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<Element> dependencies(String xml) throws SAXException {
		try {
			NodeList dependencies = parser().parse(new InputSource(new StringReader(xml)))
				.getElementsByTagName("dependency");
			return IntStream.range(0, dependencies.getLength())
				.mapToObj(dependencies::item)
				.map(Element.class::cast)
				.toList();
		}
		catch (IOException | ParserConfigurationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static DocumentBuilder parser() throws ParserConfigurationException {
		DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
		// Throws what else would be printed
		ErrorHandler errors = new DefaultHandler();
		parser.setErrorHandler(errors);
		return parser;
	}

	private static String text(Element element, String name) {
		NodeList children = element.getElementsByTagName(name);
		return (children.getLength() > 0) ? children.item(0).getTextContent() : "";
	}

	/**
	 * Return whether there is an artifact with some coordinates, as Gradle writes them.
	 */
	static boolean areCoordinates(String coordinates) {
		String[] parts = coordinates.split(":");
		return exists(parts[0], parts[1], (parts.length > 2) ? parts[2] : "");
	}

	private static boolean exists(String group, String artifact, String version) {
		if (group.equals(GROUP)) {
			return Project.publishedModules().contains(artifact)
					&& (version.isEmpty() || version.equals(Project.documentedVersion()));
		}
		return Project.poms().contains("<groupId>" + group + "</groupId>")
				&& Project.poms().contains("<artifactId>" + artifact + "</artifactId>");
	}

}
