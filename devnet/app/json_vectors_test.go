package app

import (
	"encoding/json"
	"os"
	"testing"
)

// What the product signs is held against these vectors in TypeScript; here they are held against the JSON that the chain itself writes.
func TestJSONVectorsAreWhatThisChainWrites(t *testing.T) {
	raw, err := os.ReadFile("../../tests/support/go-json-vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct{ Text, Written string }
	if err := json.Unmarshal(raw, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 100 {
		t.Fatalf("only %d vectors", len(vectors))
	}
	for _, vector := range vectors {
		written, err := json.Marshal(map[string]string{"memo": vector.Text})
		if err != nil || string(written) != vector.Written {
			t.Errorf("%q is written %s, not %s (%v)", vector.Text, written, vector.Written, err)
		}
	}
}
