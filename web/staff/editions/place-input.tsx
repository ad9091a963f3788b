import { AutoComplete } from "antd";
import { useMemo } from "react";
import { placesLike, type Place } from "./places.ts";

/** Places offered at once. */
const mostOffered = 40;

/** A cell or a fact, found by its name in words: 收入总计 offers t01/income_total/final. */
export function PlaceInput({
  label,
  value,
  onChange,
  places,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  places: readonly Place[];
}) {
  const offered = useMemo(
    () =>
      placesLike(places, value)
        .slice(0, mostOffered)
        .map((place) => ({
          value: place.value,
          label: (
            <span className="edition-place">
              <span>{place.name}</span>
              <code className="quiet">{place.value}</code>
            </span>
          ),
        })),
    [places, value],
  );
  const named = places.find((place) => place.value === value)?.name;
  return (
    <label className="edition-grow">
      {label}
      <AutoComplete
        value={value}
        options={offered}
        showSearch={{ filterOption: false }}
        popupMatchSelectWidth={420}
        placeholder="键入名称查找，例如 收入合计 决算数"
        onChange={(next) => onChange(next.trim())}
      />
      {named !== undefined && named !== "" && <span className="quiet">{named}</span>}
    </label>
  );
}
