// What a page gains with a script. Without it every page works just the same.
"use strict";

(() => {
  // Reading begins at what is wrong.
  const errors = document.getElementById("fouten");
  if (errors) {
    errors.focus();
    errors.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      const field = link && document.getElementById(link.getAttribute("href").slice(1));
      if (field) {
        event.preventDefault();
        field.focus();
        field.scrollIntoView({ block: "center" });
      }
    });
  }

  // Fields that belong to one choice show themselves with that choice, and as long as something in them is wrong.
  for (const part of document.querySelectorAll("[data-when]")) {
    const [name, value] = part.dataset.when.split("=");
    const form = part.closest("form");
    const show = () => {
      part.hidden = new FormData(form).get(name) !== value && !part.querySelector("[aria-invalid]");
    };
    form.addEventListener("change", show);
    show();
  }

  // One button ticks all cases that are shown; it stands in the list, which may be renewed.
  const showTicks = () => {
    for (const button of document.querySelectorAll("[data-tick]")) button.parentElement.hidden = false;
  };
  showTicks();
  document.addEventListener("htmx:after:swap", showTicks);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tick]");
    if (!button) return;
    for (const box of button.form.elements) if (box.name === button.dataset.tick) box.checked = true;
  });

  // A search may be answered by another page, such as the one to sign in again: then go there.
  document.addEventListener("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    if (ctx.response.raw.ok && !ctx.response.raw.redirected) return;
    event.preventDefault();
    window.location.assign(ctx.request.action);
  });

  // A second click does not send a form a second time.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  // A map that can be moved takes the place of the drawn one.
  const live = document.querySelector("[data-map]");
  if (live && window.L) drawMap(live).catch(() => { live.hidden = true; });

  async function drawMap(element) {
    const answer = await fetch(element.dataset.map, { headers: { Accept: "application/geo+json, application/json" } });
    if (!answer.ok) return;
    const shapes = await answer.json();
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const map = L.map(element, { zoomControl: false, attributionControl: Boolean(element.dataset.mapTiles), scrollWheelZoom: false, zoomSnap: 0.25 });
    element.hidden = false;
    element.setAttribute("role", "application");
    element.setAttribute("aria-label", element.dataset.mapLabel);
    L.control.zoom({ zoomInTitle: element.dataset.mapIn, zoomOutTitle: element.dataset.mapOut }).addTo(map);
    if (element.dataset.mapTiles) {
      L.tileLayer(element.dataset.mapTiles, { attribution: element.dataset.mapCredit, maxZoom: 14 }).addTo(map);
      map.attributionControl.setPrefix(false);
    }
    const places = shapes.features.filter((feature) => feature.properties.soort === "werk");
    const bounds = L.geoJSON(shapes.features.filter((feature) => feature.properties.soort === "gemeente")).getBounds();
    for (const { geometry: { coordinates: [lon, lat] }, properties } of places) {
      bounds.extend(L.latLng(lat, lon).toBounds(2000 * properties.straal_km));
    }
    map.fitBounds(bounds);
    const looks = {
      land: { color: colour("--kw-edge"), weight: 1, opacity: 0.55, interactive: false },
      gemeente: { color: colour("--kw-accent-dark"), weight: 2, fillColor: colour("--kw-solid"), fillOpacity: 0.6 },
    };
    const own = shapes.features.find((feature) => feature.properties.soort === "gemeente").properties.naam;
    const label = (direction) => ({ permanent: true, direction, className: "kw-map__label", offset: [0, direction === "top" ? -4 : 4] });
    for (const feature of shapes.features) {
      const { soort, naam, straal_km: radius } = feature.properties;
      if (soort === "werk") {
        const [lon, lat] = feature.geometry.coordinates;
        const warm = colour("--kw-warn");
        L.circle([lat, lon], { radius: radius * 1000, color: warm, weight: 2, dashArray: "8 5", fillOpacity: 0.06, interactive: false }).addTo(map);
        const point = L.circleMarker([lat, lon], { radius: 7, color: colour("--kw-paper"), weight: 2, fillColor: warm, fillOpacity: 1 });
        if (naam !== own) point.bindTooltip(naam, label("top"));
        point.addTo(map);
      } else {
        const shape = L.geoJSON(feature, { style: looks[soort] }).addTo(map);
        if (soort === "gemeente") shape.bindTooltip(naam, label("bottom"));
      }
    }
    element.parentElement.querySelector(".kw-map__drawn").setAttribute("hidden", "");
  }
})();
