import type { User } from "@/api/types";
import { isAdmin } from "@/auth/use-session";
import { Field, Select } from "@/components/ui/field";
import { useProfiles } from "@/features/jobs/use-jobs";
import { strings } from "@/strings";

type Props = { user: User; profile: string; onChange: (profile: string) => void };

/** By which profile the next files are encoded, where one may choose. */
export function ProfileChoice({ user, profile, onChange }: Props) {
  const { data: profiles = [] } = useProfiles();
  const offered = profiles.filter(({ forUploads }) => forUploads || isAdmin(user));
  if (offered.length < 2) {
    return null;
  }
  return (
    <div className="mt-2 w-full max-w-sm text-left">
      <Field label={strings.uploads.profile} hint={strings.uploads.profileHint}>
        {(control) => (
          <Select {...control} value={profile} onChange={(event) => onChange(event.target.value)}>
            {offered.map(({ name, description }) => (
              <option key={name} value={name}>
                {strings.jobs.encodeDialog.choice(name, description)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}
